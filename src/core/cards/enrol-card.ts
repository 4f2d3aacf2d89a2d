import type { Currency } from '#kit/currency.ts';
import { CoreError } from '#kit/errors.ts';
import type { CardId, CustomerId, OperationId, OrderId, PaymentId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { type CustomerInput, takeCustomer } from '../customers/take-customer.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { requireAnswered } from '../operations/require-answered.ts';
import { openOrders } from '../orders/open-orders.ts';
import { initiatePayments } from '../payments/initiate-payments.ts';
import type { PaymentParticulars } from '../payments/payment.ts';
import type { TakesOver } from './card.ts';
import { expectCard } from './expect-card.ts';
import { validationAmount } from './validation-amount.ts';

export interface EnrolCardInput {
  readonly customer: CustomerInput;
  readonly currency: Currency;
  readonly consent: string;
  /** Which plans are paid from the card once it is kept; none unless given. */
  readonly takesOver?: TakesOver;
  /** Where the payer goes from the processor's page; told the card's id, which is the same whatever comes of it. */
  readonly particulars: (made: { customerId: CustomerId; cardId: CardId }) => PaymentParticulars;
}

export interface EnrolledCard {
  readonly customerId: CustomerId;
  readonly cardId: CardId;
  readonly operationId: OperationId;
}

/**
 * Opens a page of the processor's on which a customer enters a card to be kept. The card is validated by an
 * authorisation of one unit of the currency that is never completed. Afterwards the operation has the page's address.
 */
export async function enrolCard(
  core: Core,
  call: Call,
  input: EnrolCardInput,
): Promise<Answer<EnrolledCard>> {
  const made = {
    cardId: core.ids.uuid() as CardId,
    operationId: core.ids.uuid() as OperationId,
    paymentId: core.ids.uuid() as PaymentId,
    orderId: core.ids.uuid() as OrderId,
  };
  const answer = await runOnce(core, call, async (transaction) => {
    const { cardId, operationId } = made;
    const customerId = await takeCustomer(core, transaction, call, input.customer);
    const card = await expectCard(core, transaction, call, {
      id: cardId,
      customerId,
      consent: input.consent,
      ...(input.takesOver === undefined ? {} : { takesOver: input.takesOver }),
    });
    await openOrders(core, transaction, [{ call, id: made.orderId, currency: input.currency }]);
    const [payment] = await initiatePayments(core, transaction, [
      {
        call,
        id: made.paymentId,
        operationId,
        orderId: made.orderId,
        customerId,
        card,
        validates: true,
        method: 'card',
        amount: validationAmount(input.currency),
        parameters: {},
        particulars: input.particulars({ customerId, cardId }),
        callbackUrl: null,
        attemptMs: core.limits.enrolmentMs,
      },
    ]);
    if (payment instanceof CoreError) throw payment;
    return { customerId, cardId, operationId };
  });
  if (answer.replayed) await requireAnswered(core, call.tenant.id, answer.result.operationId);
  else await core.processors.perform(call.tenant.id, answer.result.operationId);
  return answer;
}
