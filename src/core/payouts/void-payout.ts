import { nextCutOff } from '#kit/banking-days.ts';
import type { RailName } from '#kit/rail.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { changeFunds } from '../payout-accounts/change-funds.ts';
import { holdPayoutAccount } from '../payout-accounts/hold-account.ts';
import { businessNow } from '../tenants/tenant.ts';
import { holdPayout } from './hold-payout.ts';
import { movePayouts, type PayoutMove } from './move-payouts.ts';
import { availableOf, type HeldPayout, type PayoutId, require } from './payout.ts';
import { referenceOf } from './steps/fund.ts';
import type { StepMeans } from './steps/take-step.ts';
import { achCutOff } from './steps/write-documents.ts';

/**
 * Takes back what of a payout has not reached its payee, and gives it to the account. Allowed in the nine statuses of
 * seed 003 while there is a balance; else `conflict`. Clearing is booked under the same lock: one of the two is first.
 */
export async function voidPayout(
  core: Core,
  call: Call,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<Answer<{ payoutId: PayoutId }>> {
  const answer = await runOnce(core, call, async (transaction) => {
    const held = await holdPayout(transaction, call.tenant, id);
    require(held, 'void');
    const at = businessNow(core.clock, call.tenant);
    await movePayouts(core, transaction, [await voidMove({ core, transaction, at }, held, reason)]);
    return { payoutId: held.payout.id };
  });
  // A stop does not wait for the next look: until it is out, the check can be cashed.
  await core.rails.flush(call.tenant.id);
  return answer;
}

/** When what takes an instrument back goes out: an ACH reversal with the next file, a stop at once. */
const stopAtOf = {
  ach: (at) => nextCutOff(at, achCutOff).at,
  check: (at) => at,
  'virtual-card': (at) => at,
} as const satisfies Record<RailName, (at: Date) => Date>;

/** The move that voids a payout that the caller holds, its money booked back. */
export async function voidMove(
  { core, transaction, at }: Pick<StepMeans, 'core' | 'transaction' | 'at'>,
  held: HeldPayout,
  reason: string,
): Promise<PayoutMove> {
  const { payout, attempt } = held;
  const voided = availableOf(attempt);
  if (attempt.funded) {
    const account = await holdPayoutAccount(transaction, payout.tenantId, payout.accountId);
    await changeFunds(core, transaction, account, [
      { change: 'released', reference: referenceOf(attempt, 'released'), amount: voided, at },
    ]);
  }
  // What the payee's bank has sent back needs no reversal.
  const isOut = attempt.fileId !== null && attempt.returnedCode === null;
  return {
    held,
    to: 'voided',
    reason,
    attempt: {
      ...attempt,
      voided: attempt.voided + voided,
      voidedAt: at,
      stopAt: isOut ? stopAtOf[attempt.rail](at) : null,
    },
    dueAt: null,
    at,
  };
}
