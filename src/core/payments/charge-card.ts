import { CoreError } from '#kit/errors.ts';
import type { OperationId, OrderId, PaymentId } from '#kit/ids.ts';
import type { Money } from '#kit/money.ts';
import { holdChargeable } from '../cards/read-cards.ts';
import type { Answer, Call, Core } from '../core.ts';
import { takeCustomer } from '../customers/take-customer.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { requireAnswered } from '../operations/require-answered.ts';
import { openOrders } from '../orders/open-orders.ts';
import type { InitiatedPayment } from './initiate-payment.ts';
import { initiatePayments } from './initiate-payments.ts';
import type { PaymentParticulars } from './payment.ts';

export interface ChargeCardInput {
  readonly customerId: string;
  readonly cardId: string;
  readonly amount: Money;
  readonly particulars: PaymentParticulars;
  /** `later` only reserves the funds. They are never let go by us: the caller may complete however late. */
  readonly capture?: 'now' | 'later';
}

/**
 * Charges a card its holder let us keep, without the holder, in an order of its own, and waits for the processor's
 * first answer. `not_found` where the customer or the card is not the tenant's, or the card not the customer's.
 */
export async function chargeCard(
  core: Core,
  call: Call,
  input: ChargeCardInput,
): Promise<Answer<InitiatedPayment>> {
  const { tenant } = call;
  const made = { paymentId: core.ids.uuid() as PaymentId, operationId: core.ids.uuid() as OperationId };
  const answer = await runOnce(core, call, async (transaction) => {
    const customerId = await takeCustomer(core, transaction, call, { id: input.customerId });
    const { id, connector } = await holdChargeable(transaction, tenant.id, { id: input.cardId, customerId });
    const orderId = core.ids.uuid() as OrderId;
    await openOrders(core, transaction, [{ call, id: orderId, currency: input.amount.currency }]);
    const [payment] = await initiatePayments(core, transaction, [
      {
        call,
        id: made.paymentId,
        operationId: made.operationId,
        orderId,
        customerId,
        card: { id, connector, byPage: false },
        method: 'card',
        amount: input.amount,
        parameters: {},
        particulars: input.particulars,
        callbackUrl: null,
        ...(input.capture === 'later' ? { capture: 'later', authorisationMs: null } : {}),
      },
    ]);
    if (payment instanceof CoreError) throw payment;
    return made;
  });
  if (answer.replayed) await requireAnswered(core, tenant.id, answer.result.operationId);
  else await core.processors.perform(tenant.id, answer.result.operationId);
  return answer;
}
