import { CoreError } from '#kit/errors.ts';
import type { CardId, CustomerId, OperationId, PaymentId } from '#kit/ids.ts';
import { expectCard } from '../cards/expect-card.ts';
import { validationAmount } from '../cards/validation-amount.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { requireAnswered } from '../operations/require-answered.ts';
import { initiatePayments } from '../payments/initiate-payments.ts';
import type { PaymentParticulars } from '../payments/payment.ts';
import { consentTo } from './begin-enrolment.ts';
import { holdSubscription } from './hold-subscription.ts';
import { isOver, type Subscription } from './subscription.ts';

export interface ChangeCardInput {
  readonly id: string;
  readonly urls: (subscription: Subscription, cardId: CardId) => Partial<PaymentParticulars>;
}

export interface ChangingCard {
  readonly customerId: CustomerId;
  readonly operationId: OperationId;
}

/**
 * Opens the page on which a plan's customer enters another card. It takes the old one's place once it is found good; a
 * suspended plan stays suspended. `operation_forbidden` for a plan nobody has enrolled, or that is over.
 */
export async function changeCard(
  core: Core,
  call: Call,
  input: ChangeCardInput,
): Promise<Answer<ChangingCard>> {
  const answer = await runOnce(core, call, async (transaction) => {
    const subscription = await holdSubscription(transaction, call.tenant.id, input.id);
    if (isOver(subscription.status) || subscription.status === 'new')
      throw new CoreError('operation_forbidden', `The subscription is ${subscription.status}.`);
    const { customerId } = subscription;
    const cardId = core.ids.uuid() as CardId;
    const operationId = core.ids.uuid() as OperationId;
    const card = await expectCard(core, transaction, call, {
      id: cardId,
      customerId,
      consent: consentTo(subscription),
      takesOver: 'one',
    });
    const [payment] = await initiatePayments(core, transaction, [
      {
        call,
        id: core.ids.uuid() as PaymentId,
        operationId,
        orderId: subscription.orderId,
        customerId,
        subscriptionId: subscription.id,
        card,
        validates: true,
        method: 'card',
        amount: validationAmount(subscription.currency),
        parameters: {},
        particulars: {
          given: {},
          description: subscription.description,
          ...input.urls(subscription, cardId),
        },
        callbackUrl: null,
        attemptMs: core.limits.enrolmentMs,
      },
    ]);
    if (payment instanceof CoreError) throw payment;
    return { customerId, operationId };
  });
  if (answer.replayed) await requireAnswered(core, call.tenant.id, answer.result.operationId);
  else await core.processors.perform(call.tenant.id, answer.result.operationId);
  return answer;
}
