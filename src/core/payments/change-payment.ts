import { CoreError, invalid } from '#kit/errors.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { requireKnownMerchants } from '../merchants/read-merchants.ts';
import { isDivided } from '../orders/order.ts';
import { holdWithOrder } from './hold-payment.ts';
import { isActive, type PaymentParticulars } from './payment.ts';
import { updateParticulars } from './store.ts';

export interface PaymentChange {
  readonly paymentId: string;
  readonly orderId: string;
  /** The items as they shall be; they come to the payment's amount. */
  readonly items: NonNullable<PaymentParticulars['items']>;
  /** As the façade was given them, to be told again in the place of the earlier. */
  readonly given: Readonly<Record<string, unknown>>;
}

/**
 * Says anew what a payment is made of, as long as its order's money is not divided. `operation_forbidden` after that,
 * of a payment that took no money and will not, or where an item names a merchant that is not the tenant's.
 * `validation_failed` where the items come to another amount.
 */
export async function changePayment(
  core: Core,
  call: Call,
  change: PaymentChange,
): Promise<Answer<Record<string, never>>> {
  return runOnce(core, call, async (transaction) => {
    const { payment, order } = await holdWithOrder(transaction, call.tenant.id, change);
    if (isDivided(order.status)) {
      throw new CoreError('operation_forbidden', 'The money of the payment order has been divided.');
    }
    if (payment.status !== 'completed' && !isActive(payment.status)) {
      throw new CoreError('operation_forbidden', `The payment is ${payment.status}.`);
    }
    const sum = change.items.reduce((total, { minor }) => total + BigInt(minor), 0n);
    if (sum !== payment.amount) {
      const description = `The order items come to ${sum}, not to ${payment.amount}.`;
      throw invalid('order_items', 'out_of_range', description);
    }
    await requireKnownMerchants(transaction, call.tenant.id, change.items);
    const { given } = payment.particulars;
    await updateParticulars(transaction, payment, {
      ...payment.particulars,
      items: change.items,
      given: { ...given, ...change.given },
    });
    return {};
  });
}
