import type { Queryable } from '#db/database.ts';
import { CoreError } from '#kit/errors.ts';
import type { TenantId } from '#kit/ids.ts';
import { selectAnyOpen } from './store.ts';

/**
 * Refuses, as `operation_forbidden`, to let go of an account at a processor while anything begun there is not over: only
 * there can be asked what became of it.
 */
export async function requireNoneOpen(
  queryable: Queryable,
  tenantId: TenantId,
  connector: string,
): Promise<void> {
  if (!(await selectAnyOpen(queryable, tenantId, connector))) return;
  throw new CoreError(
    'operation_forbidden',
    'Payments or refunds at this account are not over yet. Have it serve no methods, and ask again when they are.',
  );
}
