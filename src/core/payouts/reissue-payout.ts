import { invalid } from '#kit/errors.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { businessNow } from '../tenants/tenant.ts';
import { insertAttempt } from './attempts/store.ts';
import { requireConsent } from './create-payout.ts';
import { holdPayout } from './hold-payout.ts';
import { movePayouts } from './move-payouts.ts';
import { type DeliveryMethod, deliveryOf } from './order.ts';
import { type Attempt, type HeldPayout, newAttempt, type PayoutId, railOf, require } from './payout.ts';

export interface Reissue {
  readonly id: string;
  readonly reason: string;
  /** How it is paid this time; as before unless given. */
  readonly deliveryMethod?: DeliveryMethod;
}

/**
 * Pays a voided payout again by a new instrument, for what was voided of the last one. `conflict` where it is not voided,
 * or where the stop of the last instrument is not confirmed. Of two who ask at once, one finds it reissuing.
 */
export async function reissuePayout(
  core: Core,
  call: Call,
  { id, reason, deliveryMethod }: Reissue,
): Promise<Answer<{ payoutId: PayoutId }>> {
  const answer = await runOnce(core, call, async (transaction) => {
    const held = await holdPayout(transaction, call.tenant, id);
    require(held, 'reissue');
    const at = businessNow(core.clock, call.tenant);
    const attempt = nextAttempt(held, deliveryMethod, at);
    if (attempt.rail === 'virtual-card')
      await requireConsent({ database: transaction }, call.tenant.id, held.payout.ordered);
    await insertAttempt(transaction, attempt);
    await movePayouts(core, transaction, [{ held, to: 'reissuing', reason, attempt, dueAt: at, at }]);
    return { payoutId: held.payout.id };
  });
  core.work.nudge('payouts');
  return answer;
}

function nextAttempt(
  { payout, attempt: last }: HeldPayout,
  deliveryMethod: DeliveryMethod | undefined,
  at: Date,
): Attempt {
  return newAttempt({
    tenantId: payout.tenantId,
    payoutId: payout.id,
    attempt: last.attempt + 1,
    accountId: payout.accountId,
    rail: deliveryMethod === undefined ? last.rail : railFor(payout.ordered, deliveryMethod),
    amount: last.voided,
    startedAt: at,
  });
}

function railFor(ordered: HeldPayout['payout']['ordered'], deliveryMethod: DeliveryMethod) {
  const { payeeDetails, shippingDetails } = ordered;
  const method = deliveryOf({ payeeDetails, paymentDetails: { deliveryMethod } });
  if (method === 'ACH' && payeeDetails.bankAccount === undefined)
    throw invalid('deliveryMethod', 'invalid_enum', 'deliveryMethod: the payee has no bank account');
  if (method === 'CHECK' && payeeDetails.address === undefined && shippingDetails === undefined)
    throw invalid('deliveryMethod', 'invalid_enum', 'deliveryMethod: the payee has no address');
  return railOf[method];
}
