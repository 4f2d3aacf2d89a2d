import { changeFunds, type FundsMovement } from '../../payout-accounts/change-funds.ts';
import { holdPayoutAccount } from '../../payout-accounts/hold-account.ts';
import type { PayoutMove } from '../move-payouts.ts';
import type { Attempt } from '../payout.ts';
import type { Step } from './take-step.ts';

/**
 * Sets the money aside for each payout, in the order in which they were made, under the account's lock. What a pre-funded
 * account does not have it does not promise: such a payout fails, and later, smaller ones may still be paid.
 */
export const fund: Step = async ({ core, transaction, at }, group) => {
  const [first] = group;
  if (first === undefined) return [];
  const account = await holdPayoutAccount(transaction, first.payout.tenantId, first.payout.accountId);
  let available = account.available;
  const movements: FundsMovement[] = [];
  const moves = group.map((held): PayoutMove => {
    const { attempt } = held;
    if (account.prefunded && attempt.amount > available)
      return { held, to: 'failed', reason: 'the account has not enough funds', dueAt: null, at };
    available -= attempt.amount;
    movements.push({
      change: 'promised',
      reference: referenceOf(attempt, 'promised'),
      amount: attempt.amount,
      at,
    });
    return { held, to: 'documents-generating', attempt: { ...attempt, funded: true }, dueAt: at, at };
  });
  await changeFunds(core, transaction, account, movements);
  return moves;
};

/** Names a posting about an attempt: one of a kind, for ever. */
export function referenceOf(
  { payoutId, attempt }: Pick<Attempt, 'payoutId' | 'attempt'>,
  what: string,
): string {
  return `payout-${what}:${payoutId}:${attempt}`;
}
