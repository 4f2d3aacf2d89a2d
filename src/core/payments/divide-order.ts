import type { Transaction } from '#db/database.ts';
import { CoreError } from '#kit/errors.ts';
import { allocatePayment } from '../allocations/allocate-payment.ts';
import type { Core } from '../core.ts';
import type { Order } from '../orders/order.ts';
import type { Tenant } from '../tenants/tenant.ts';
import { mayTakeMoney, type Payment } from './payment.ts';
import { lockPaymentsOf } from './store.ts';

/**
 * Divides the money of an order that the caller holds. `operation_forbidden` while one of its payments may still take
 * money or is giving some back: what there is to divide is not known then.
 */
export async function divideOrder(
  core: Core,
  transaction: Transaction,
  { tenant, order, at }: { tenant: Tenant; order: Order; at: Date },
): Promise<void> {
  const payments = await lockPaymentsOf(transaction, tenant.id, order.id);
  const unsettled = payments.find(isUnsettled);
  if (unsettled !== undefined) {
    const why = unsettled.refunding > 0n ? 'being refunded' : unsettled.status;
    throw new CoreError('operation_forbidden', `The payment ${unsettled.id} is ${why}, not over.`);
  }
  for (const payment of payments) await allocatePayment(core, transaction, { tenant, order, payment, at });
}

/** What paid a link twice is given back from the side and is no part of the order's money. */
function isUnsettled(payment: Payment): boolean {
  return !payment.superseded && (mayTakeMoney(payment.status) || payment.refunding > 0n);
}
