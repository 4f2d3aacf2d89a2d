import type { Transaction } from '#db/database.ts';
import { CoreError } from '#kit/errors.ts';
import type { OperationId, PaymentId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { requireAnswered } from '../operations/require-answered.ts';
import { intendCapture, requireHeld } from '../payments/capture-payment.ts';
import { holdPayment } from '../payments/hold-payment.ts';
import { releaseHeld } from '../payments/release-payment.ts';
import { businessNow } from '../tenants/tenant.ts';
import { holdClaim } from './hold-claim.ts';

/**
 * Takes the money that is held for a claim, all of it. `operation_forbidden` unless the claim is authorised and not being
 * captured. The answer names the capture, whose operation tells what became of it.
 */
export async function captureClaim(
  core: Core,
  call: Call,
  id: string,
): Promise<Answer<{ captureId: OperationId }>> {
  const captureId = core.ids.uuid() as OperationId;
  const answer = await runOnce(core, call, async (transaction) => {
    const paymentId = await holdAuthorised(transaction, call, id);
    const payment = await holdPayment(transaction, call.tenant.id, paymentId);
    requireHeld(payment, businessNow(core.clock, call.tenant));
    const { amount } = payment;
    await intendCapture(core, transaction, {
      payment,
      id: captureId,
      amount,
      mayExceed: false,
      parameters: {},
    });
    return { captureId };
  });
  if (answer.replayed) await requireAnswered(core, call.tenant.id, answer.result.captureId);
  else await core.processors.perform(call.tenant.id, answer.result.captureId);
  return answer;
}

/** Lets go of the money that is held for a claim, and with it of the claim. Refused as `captureClaim` is. */
export async function releaseClaim(
  core: Core,
  call: Call,
  id: string,
): Promise<Answer<Record<string, never>>> {
  return runOnce(core, call, async (transaction) => {
    await releaseHeld(core, transaction, call, await holdAuthorised(transaction, call, id));
    return {};
  });
}

async function holdAuthorised(transaction: Transaction, call: Call, id: string): Promise<PaymentId> {
  const claim = await holdClaim(transaction, call.tenant.id, id);
  if (claim.status === 'authorised' && claim.activePaymentId !== null) return claim.activePaymentId;
  throw new CoreError('operation_forbidden', `The payment is ${claim.status}, not authorised.`);
}
