import type { Transaction } from '#db/database.ts';
import type { AllocationId, MerchantId } from '#kit/ids.ts';
import { money } from '#kit/money.ts';
import { accounts } from '#ledger/accounts.ts';
import { type Movement, postIfNew } from '#ledger/post.ts';
import type { Core } from '../core.ts';
import { readMerchantsNamed } from '../merchants/read-merchants.ts';
import type { Order } from '../orders/order.ts';
import type { Payment } from '../payments/payment.ts';
import type { Tenant } from '../tenants/tenant.ts';
import { type Allocation, difference, divide, type Portion, type Recipient } from './allocation.ts';
import { insertAllocations, selectByPayment } from './store.ts';

/** What a payment facilitator is called to those who are paid beside it. */
const facilitatorName = 'Payment facilitator';

/**
 * Writes down whose a payment's money is, and moves it from the receipts to those it belongs to. The caller holds the
 * payment. Called again it writes what has changed since: nothing, or what late news of a charge or refund made.
 */
export async function allocatePayment(
  core: Pick<Core, 'ids'>,
  transaction: Transaction,
  { tenant, order, payment, at }: { tenant: Tenant; order: Order; payment: Payment; at: Date },
): Promise<void> {
  if (payment.superseded) return;
  const earlier = await selectByPayment(transaction, tenant.id, payment.id);
  const left = payment.captured - payment.refunded;
  const portions = difference(
    left === 0n ? [] : divide(left, payment.particulars.items ?? [], order.shares),
    earlier,
  );
  if (portions.length === 0) return;
  const round = Math.max(0, ...earlier.map((allocation) => allocation.round)) + 1;
  const nameOf = await readNames(transaction, tenant, portions);
  const allocations = portions.map(
    (portion): Allocation => ({
      ...portion,
      id: core.ids.uuid() as AllocationId,
      tenantId: tenant.id,
      orderId: order.id,
      paymentId: payment.id,
      round,
      recipientName: nameOf(portion),
      reference: core.ids.reference(),
      currency: payment.currency,
      allocatedAt: at,
      settledAt: null,
      disbursementId: null,
      payoutId: null,
    }),
  );
  await insertAllocations(transaction, allocations);
  await postRound(core, transaction, payment, round, allocations, at);
}

async function readNames(
  transaction: Transaction,
  tenant: Tenant,
  portions: readonly Portion[],
): Promise<(recipient: Recipient) => string> {
  const ids = portions.flatMap(({ merchantId }): MerchantId[] => (merchantId === null ? [] : [merchantId]));
  const merchants = await readMerchantsNamed(transaction, tenant.id, ids);
  return ({ recipientType, merchantId }) => {
    if (recipientType === 'tenant') return tenant.name;
    return merchantId === null ? facilitatorName : (merchants.get(merchantId)?.name ?? '');
  };
}

/** The reference is one round's: a second split of the same payment has nothing to post, and is a bug. */
async function postRound(
  core: Pick<Core, 'ids'>,
  transaction: Transaction,
  payment: Payment,
  round: number,
  allocations: readonly Allocation[],
  at: Date,
): Promise<void> {
  const posted = await postIfNew(core.ids, transaction, {
    tenantId: payment.tenantId,
    kind: 'allocation',
    reference: `allocation:${payment.id}:${round}`,
    paymentId: payment.id,
    movements: allocations.map(toMovement),
    at,
  });
  if (!posted) throw new Error(`round ${round} of payment ${payment.id} was allocated before`);
}

function toMovement(allocation: Allocation): Movement {
  return {
    debit: accounts.receipts,
    credit: accounts.allocated(accountOf(allocation)),
    amount: money(allocation.amount, allocation.currency),
  };
}

/** How the ledger names a recipient. */
export function accountOf({ recipientType, merchantId }: Recipient): string {
  return merchantId === null ? recipientType : `${recipientType}:${merchantId}`;
}
