import type { Allocation } from '#core/allocations/allocation.ts';
import type { Disbursement, Payout } from '#core/disbursements/disbursement.ts';
import { minorToJson } from '#kit/money.ts';
import { derivedId, writeInstant } from './wire.ts';

/** What somebody is owed of an order (facts A6). */
export function writeAllocation(allocation: Allocation): Record<string, unknown> {
  const settledAt = allocation.settledAt === null ? null : writeInstant(allocation.settledAt);
  return {
    id: allocation.id,
    allocated_at: writeInstant(allocation.allocatedAt),
    amount: minorToJson(allocation.amount),
    currency: allocation.currency,
    label: allocation.label,
    merchant_id: allocation.merchantId,
    order_item_merchant_id: allocation.itemMerchantId,
    metadata: allocation.metadata,
    payment_id: allocation.paymentId,
    payment_order_id: allocation.orderId,
    recipient_name: allocation.recipientName,
    recipient_type: allocation.recipientType,
    recipient_bank_account: null,
    reference: allocation.reference,
    settled_at: settledAt,
    disbursement_id: allocation.disbursementId,
    disbursed_at: settledAt,
    payout_id: allocation.payoutId,
  };
}

/** A disbursement with what it settled. */
export function writeDisbursement(
  disbursement: Disbursement,
  settled: readonly Allocation[],
): Record<string, unknown> {
  return {
    id: disbursement.id,
    amount: minorToJson(disbursement.amount),
    currency: disbursement.currency,
    disbursed_at: writeInstant(disbursement.disbursedAt),
    settlements: settled.map(writeSettlement),
    manual_corrections: [],
  };
}

/** A settlement is one allocation seen from its disbursement. */
function writeSettlement(allocation: Allocation): Record<string, unknown> {
  return {
    id: derivedId(allocation.id, 0),
    allocation_id: allocation.id,
    amount: minorToJson(allocation.amount),
    label: allocation.label,
    merchant_id: allocation.merchantId,
    reference: allocation.reference,
    payment_id: allocation.paymentId,
    payment_order_id: allocation.orderId,
    recipient_name: allocation.recipientName,
    recipient_type: allocation.recipientType,
    metadata: allocation.metadata,
  };
}

export function writePayout(payout: Payout): Record<string, unknown> {
  return {
    id: payout.id,
    amount: minorToJson(payout.amount),
    currency: payout.currency,
    completed_at: writeInstant(payout.completedAt),
  };
}
