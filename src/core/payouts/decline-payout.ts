import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { businessNow } from '../tenants/tenant.ts';
import { holdPayout } from './hold-payout.ts';
import { movePayouts, type PayoutMove } from './move-payouts.ts';
import { type HeldPayout, type PayoutId, require } from './payout.ts';

/** Declines a held payout: it ends voided, and nothing of it was ever funded. `conflict` where it is not held. */
export async function declinePayout(
  core: Core,
  call: Call,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<Answer<{ payoutId: PayoutId }>> {
  return runOnce(core, call, async (transaction) => {
    const held = await holdPayout(transaction, call.tenant, id);
    require(held, 'decline');
    await movePayouts(core, transaction, [declineMove(held, reason, businessNow(core.clock, call.tenant))]);
    return { payoutId: held.payout.id };
  });
}

/** The move that ends a payout before anybody has released it. */
export function declineMove(held: HeldPayout, reason: string, at: Date): PayoutMove {
  const { attempt } = held;
  return {
    held,
    to: 'voided',
    reason,
    attempt: { ...attempt, declined: true, voided: attempt.amount, voidedAt: at },
    dueAt: null,
    at,
  };
}
