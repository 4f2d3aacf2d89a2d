import { holdPayoutAccount } from '../../payout-accounts/hold-account.ts';
import { takeNumbers } from '../../payout-accounts/take-numbers.ts';
import type { PayoutMove } from '../move-payouts.ts';
import type { Attempt } from '../payout.ts';
import type { Step } from './take-step.ts';

/** An ACH entry's own part of its trace number has seven digits. */
const traceDigits = 7;

/** Gives each its name on its rail. A check has had its number since its documents were made. */
export const assignInstruments: Step = async ({ core, transaction, at }, group) => {
  const [first] = group;
  if (first === undefined) return [];
  const account = await holdPayoutAccount(transaction, first.payout.tenantId, first.payout.accountId);
  const entries = group.filter(({ attempt }) => attempt.rail === 'ach');
  const firstTrace = await takeNumbers(transaction, account, 'trace', entries.length);
  const nameOf = {
    ach: (_attempt: Attempt, index: number) =>
      traceOf(account.settings.routingNumber, firstTrace + BigInt(index)),
    check: ({ instrument }: Attempt) => instrument,
    'virtual-card': () => core.ids.reference(),
  };
  return group.map((held): PayoutMove => {
    const { attempt } = held;
    const instrument = nameOf[attempt.rail](attempt, entries.indexOf(held));
    return { held, to: 'distribution-assigned', attempt: { ...attempt, instrument }, dueAt: at, at };
  });
};

/** The first eight digits of the bank's routing number, then the entry's own. */
export function traceOf(routingNumber: string, number: bigint): string {
  const own = String(number % 10n ** BigInt(traceDigits)).padStart(traceDigits, '0');
  return routingNumber.slice(0, 8) + own;
}
