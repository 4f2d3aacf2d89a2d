import { CoreError } from '#kit/errors.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { businessNow } from '../tenants/tenant.ts';
import { cancelPayment } from './cancel-payment.ts';
import { holdWithOrder, peekPayment } from './hold-payment.ts';
import { movePayment } from './move-payment.ts';
import { depositMethod, isActive, type Payment } from './payment.ts';

/**
 * Stops a payment that waits for its payer, at the processor first: only when that says so is it `stopped`.
 * `operation_forbidden` where it is over, where its processor ends nothing on request, where the payer was faster, and
 * while the processor's answer is not known.
 */
export async function stopPayment(
  core: Core,
  call: Call,
  wanted: { paymentId: string; orderId: string },
): Promise<Answer<{ paymentId: Payment['id'] }>> {
  const { tenant } = call;
  const answer = await runOnce(core, call, async (transaction) => {
    const { payment } = await holdWithOrder(transaction, tenant.id, wanted);
    if (!isActive(payment.status))
      throw new CoreError('operation_forbidden', `The payment is ${payment.status}.`);
    if (payment.method === depositMethod) {
      // Nobody has been asked for anything: what may still come is kept as surplus.
      const at = businessNow(core.clock, tenant);
      await movePayment(core, transaction, payment, { to: 'stopped', reason: 'stopped by the tenant', at });
    }
    return { paymentId: payment.id };
  });
  const { paymentId } = answer.result;
  await cancelPayment(core, tenant, { paymentId, by: 'tenant' });
  const { status } = await peekPayment(core.database, tenant.id, paymentId);
  if (status !== 'stopped')
    throw new CoreError('operation_forbidden', `The payment is ${status}, not stopped.`);
  return answer;
}
