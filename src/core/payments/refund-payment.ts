import type { Transaction } from '#db/database.ts';
import { CoreError, notFound } from '#kit/errors.ts';
import { isUuid, type OperationId, type PaymentId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { isCharge } from '../operations/operation.ts';
import { operationsOf } from '../operations/read-operations.ts';
import { joinAnswer } from '../operations/require-answered.ts';
import { holdOrders } from '../orders/hold-orders.ts';
import { allowsRefund } from '../orders/order.ts';
import { intendRefund } from './intend-refund.ts';
import { type Payment, refundable } from './payment.ts';
import { lockPayment, selectPayment } from './store.ts';

export interface RefundInput {
  readonly paymentId: string;
  /** Minor units; `'all'` gives back what has been taken, which must all be left. */
  readonly amount: bigint | 'all';
  readonly reason: string;
}

/**
 * Gives money back. The amount is reserved before anything is sent, under the payment's lock, so that refunds under way
 * count. Refused: an unpaid payment or an order whose money was divided (`operation_forbidden`), more than is left
 * (`amount_exceeds_available`). The answer names the refund; its operation tells whether it is approved, declined or
 * not known yet.
 */
export async function refundPayment(
  core: Core,
  call: Call,
  input: RefundInput,
): Promise<Answer<{ refundId: OperationId }>> {
  const id = core.ids.uuid() as OperationId;
  const answer = await runOnce(core, call, async (transaction) => {
    const payment = await holdRefundable(transaction, call, input.paymentId);
    const amount = input.amount === 'all' ? payment.captured : input.amount;
    if (amount > refundable(payment)) {
      throw new CoreError(
        'amount_exceeds_available',
        `Only ${refundable(payment)} of ${payment.captured} is left to refund.`,
      );
    }
    const charge = (await operationsOf(transaction, payment.tenantId, payment.id)).find(
      (operation) => isCharge(operation) && operation.status === 'approved',
    );
    if (charge === undefined)
      throw new Error(`payment ${payment.id} is completed without an approved charge`);
    await intendRefund(core, transaction, {
      id,
      payment,
      charge,
      amount,
      reason: input.reason,
      sendNow: true,
    });
    return { refundId: id };
  });
  if (answer.replayed) await joinAnswer(core, call, answer.result.refundId);
  else await core.processors.perform(call.tenant.id, answer.result.refundId);
  return answer;
}

async function holdRefundable(transaction: Transaction, call: Call, paymentId: string): Promise<Payment> {
  const tenantId = call.tenant.id;
  if (!isUuid(paymentId)) throw notFound('payment');
  const seen = await selectPayment(transaction, tenantId, paymentId as PaymentId);
  if (seen === undefined) throw notFound('payment');
  const order = (await holdOrders(transaction, [{ tenantId, id: seen.orderId }])).get(
    `${tenantId}:${seen.orderId}`,
  );
  const payment = await lockPayment(transaction, tenantId, seen.id);
  if (payment === undefined) throw notFound('payment');
  if (payment.status !== 'completed')
    throw new CoreError('operation_forbidden', `The payment is ${payment.status}, not completed.`);
  if (order === undefined || !allowsRefund(order.status)) {
    throw new CoreError(
      'operation_forbidden',
      'The payment order has been divided; its payments cannot be refunded here.',
    );
  }
  return payment;
}
