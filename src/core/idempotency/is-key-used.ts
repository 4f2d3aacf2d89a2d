import type { Call, Core } from '../core.ts';
import { selectKey } from './store.ts';

/** Whether a call's key was used before: what it asks for is then answered or refused as that, and not begun again. */
export async function isKeyUsed(
  core: Pick<Core, 'database'>,
  { tenant, idempotency }: Call,
): Promise<boolean> {
  if (idempotency === undefined) return false;
  const stored = await selectKey(core.database, tenant.id, idempotency.scope, idempotency.key);
  return stored !== undefined;
}
