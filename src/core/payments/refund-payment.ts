import type { Transaction } from '#db/database.ts';
import { CoreError } from '#kit/errors.ts';
import type { OperationId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runSideBySide } from '../idempotency/run-side-by-side.ts';
import type { Asked } from '../idempotency/run-together.ts';
import { chargeOf } from '../operations/read-operations.ts';
import { joinAnswer } from '../operations/require-answered.ts';
import { isDivided } from '../orders/order.ts';
import { holdWithOrder } from './hold-payment.ts';
import { intendRefund } from './intend-refund.ts';
import { type Payment, refundable } from './payment.ts';

export interface RefundInput {
  readonly paymentId: string;
  /** Where it is given, the payment must be of this order. */
  readonly orderId?: string;
  /** Minor units; `'all'` gives back what has been taken, which must all be left. */
  readonly amount: bigint | 'all';
  readonly reason: string;
}

export interface Refunded {
  readonly refundId: OperationId;
}

export type RefundPayment = (call: Call, input: RefundInput) => Promise<Answer<Refunded>>;

interface Refund extends Asked<Refunded> {
  readonly input: RefundInput;
}

/**
 * Gives money back. The amount is reserved before anything is sent, under the payment's lock, so that refunds under way
 * count. Intents that arrive together are written with one commit. Refused: an unpaid payment or an order whose money
 * was divided (`operation_forbidden`), more than is left (`amount_exceeds_available`). The answer names the refund; its
 * operation tells whether it is approved, declined or not known yet.
 */
export function paymentRefunding(core: Core): RefundPayment {
  const intend = runSideBySide<Refund>(core, {
    subjectOf: ({ call, input }) => `${call.tenant.id} ${input.paymentId.toLowerCase()}`,
    effect: (lane, refund) => intendAsked(core, lane, refund),
  });
  return async (call, input) => {
    const answer = await intend({ call, input, foreseen: { refundId: core.ids.uuid() as OperationId } });
    if (answer.replayed) await joinAnswer(core, call, answer.result.refundId);
    else await core.processors.perform(call.tenant.id, answer.result.refundId);
    return answer;
  };
}

async function intendAsked(
  core: Core,
  transaction: Transaction,
  { call, input, foreseen }: Refund,
): Promise<void> {
  const payment = await holdRefundable(transaction, call, input);
  const amount = input.amount === 'all' ? payment.captured : input.amount;
  if (amount > refundable(payment)) {
    throw new CoreError(
      'amount_exceeds_available',
      `Only ${refundable(payment)} of ${payment.captured} is left to refund.`,
    );
  }
  const charge = await chargeOf(transaction, payment.tenantId, payment.id);
  await intendRefund(core, transaction, {
    id: foreseen.refundId,
    payment,
    charge,
    amount,
    reason: input.reason,
    sendNow: true,
  });
}

async function holdRefundable(
  transaction: Transaction,
  call: Call,
  wanted: Pick<RefundInput, 'paymentId' | 'orderId'>,
): Promise<Payment> {
  const { payment, order } = await holdWithOrder(transaction, call.tenant.id, wanted);
  if (payment.status !== 'completed')
    throw new CoreError('operation_forbidden', `The payment is ${payment.status}, not completed.`);
  if (isDivided(order.status)) {
    throw new CoreError(
      'operation_forbidden',
      'The payment order has been divided; its payments cannot be refunded here.',
    );
  }
  return payment;
}
