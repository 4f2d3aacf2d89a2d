import type { Transaction } from '#db/database.ts';
import type { DisbursementId, OrderId, PayoutId, TenantId } from '#kit/ids.ts';
import type { Allocation } from './allocation.ts';
import { lockUnsettled, updateSettled } from './store.ts';

/** What of an order is to be settled, held until the transaction ends. The caller holds the order. */
export async function holdUnsettled(
  transaction: Transaction,
  tenantId: TenantId,
  orderId: OrderId,
): Promise<Allocation[]> {
  return lockUnsettled(transaction, tenantId, orderId);
}

/** Marks held allocations as settled by a disbursement, each in one of its payouts. */
export async function settleAllocations(
  transaction: Transaction,
  settlement: {
    tenantId: TenantId;
    disbursementId: DisbursementId;
    settledAt: Date;
    parts: readonly { allocation: Allocation; payoutId: PayoutId }[];
  },
): Promise<void> {
  await updateSettled(transaction, settlement);
}
