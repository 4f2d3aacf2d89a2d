import { later } from '#kit/clock.ts';
import type { RailName } from '#kit/rail.ts';
import type { PayoutMove } from '../move-payouts.ts';
import { availableOf } from '../payout.ts';
import { voidMove } from '../void-payout.ts';
import type { Step } from './take-step.ts';

const dayMs = 86_400_000;

/**
 * How long an instrument that nobody cashed stays good, from when it was delivered: a bank need not pay a check older than
 * six months (UCC 4-404), a virtual card ends after thirty days. An ACH entry is not cashed by anybody.
 */
const goodForMs = {
  ach: null,
  check: 180 * dayMs,
  'virtual-card': 30 * dayMs,
} as const satisfies Record<RailName, number | null>;

/**
 * A check or card is delivered when its time in the post is over; an ACH entry when the bank says so, which it may have done
 * before it was known to have the file.
 */
export const complete: Step = async ({ at }, group) =>
  group
    .filter(({ attempt }) => attempt.rail !== 'ach' || attempt.cleared === attempt.amount)
    .map((held): PayoutMove => {
      const goodMs = goodForMs[held.attempt.rail];
      return { held, to: 'completed', dueAt: goodMs === null ? null : later(at, goodMs), at };
    });

/** What nobody cashed in all that time is voided, and its money is the payer's again. */
export const voidStale: Step = async (means, group) => {
  const stale = group.filter(({ attempt }) => availableOf(attempt) > 0n);
  const moves: PayoutMove[] = [];
  for (const held of stale) moves.push(await voidMove(means, held, 'nobody cashed it in time'));
  return moves;
};
