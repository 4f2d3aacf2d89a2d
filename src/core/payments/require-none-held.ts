import type { Queryable } from '#db/database.ts';
import { CoreError } from '#kit/errors.ts';
import type { TenantId } from '#kit/ids.ts';
import { selectAnyHeld } from './captures/store.ts';

/** Refuses, as `operation_forbidden`, to let go of an account at a processor that holds money: only there can it be taken. */
export async function requireNoneHeld(
  queryable: Queryable,
  tenantId: TenantId,
  connector: string,
): Promise<void> {
  if (!(await selectAnyHeld(queryable, tenantId, connector))) return;
  throw new CoreError('operation_forbidden', 'Money is held at this account. Capture it or let it go first.');
}
