import type { Core } from '../core.ts';
import type { Operation } from './operation.ts';
import { updateCancelAsked } from './store.ts';

/** Writes down who wants an open operation ended, before its processor is asked. The first to ask is kept. */
export async function askCancel(
  core: Pick<Core, 'database'>,
  operation: Operation,
  by: 'payer' | 'tenant',
): Promise<void> {
  await updateCancelAsked(core.database, operation.tenantId, operation.id, by);
}
