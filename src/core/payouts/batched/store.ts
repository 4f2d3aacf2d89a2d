import type { Queryable, Transaction } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import type { PayoutId, PayoutStatus } from '../payout.ts';

/** The ids of a batch's payouts, of all or of those in these statuses, in the order in which they are locked. */
export async function selectIdsOfBatch(
  queryable: Queryable,
  batch: { readonly tenantId: TenantId; readonly id: string },
  statuses: readonly PayoutStatus[] | null,
): Promise<PayoutId[]> {
  const rows = await queryable.query<{ id: PayoutId }>(
    `select id from payout_orders where tenant_id = $1 and batch_id = $2 and ($3::text[] is null or status = any($3))
     order by id`,
    [batch.tenantId, batch.id, statuses],
    'select-payouts-of-batch',
  );
  return rows.map(({ id }) => id);
}

/** From now on they go on by themselves. */
export async function makeDue(
  transaction: Transaction,
  tenantId: TenantId,
  ids: readonly PayoutId[],
  at: Date,
): Promise<void> {
  transaction.write(
    'update payout_orders set due_at = $3 where tenant_id = $1 and id = any($2::uuid[])',
    [tenantId, ids, at],
    'make-payouts-due',
  );
}
