import type { Transaction } from '#db/database.ts';
import { currency } from '#kit/currency.ts';
import { money } from '#kit/money.ts';
import { type Posting, postAll } from '#ledger/post.ts';
import type { Core } from '../core.ts';
import { fundsAccounts, type PayoutAccount } from './account.ts';
import { addAvailable } from './store.ts';

/**
 * How money moves in an account:
 * `funded` comes in; `promised` is set aside for a payee; `released` goes back from a promise; `cleared` has left the
 * bank; `returned` came back to the bank and is promised still.
 */
export type FundsChange = 'funded' | 'promised' | 'released' | 'cleared' | 'returned';

export interface FundsMovement {
  readonly change: FundsChange;
  /** What it is booked for: once, whoever books it and however often. */
  readonly reference: string;
  readonly amount: bigint;
  readonly at: Date;
}

const movementsOf = {
  funded: { debit: 'bank', credit: 'available' },
  promised: { debit: 'available', credit: 'promised' },
  released: { debit: 'promised', credit: 'available' },
  cleared: { debit: 'promised', credit: 'bank' },
  returned: { debit: 'bank', credit: 'promised' },
} as const satisfies Record<
  FundsChange,
  { debit: keyof typeof fundsAccounts; credit: keyof typeof fundsAccounts }
>;

/** What each does to what may still be promised. */
const signs = {
  funded: 1n,
  promised: -1n,
  released: 1n,
  cleared: 0n,
  returned: 0n,
} as const satisfies Record<FundsChange, bigint>;

const usd = currency('USD');

/** Books movements of an account that the caller holds: in the ledger, and in what may still be promised. */
export async function changeFunds(
  core: Pick<Core, 'ids'>,
  transaction: Transaction,
  account: Pick<PayoutAccount, 'tenantId' | 'id'>,
  movements: readonly FundsMovement[],
): Promise<void> {
  if (movements.length === 0) return;
  const sum = movements.reduce((total, { change, amount }) => total + signs[change] * amount, 0n);
  if (sum !== 0n) await addAvailable(transaction, account, sum);
  postAll(
    core.ids,
    transaction,
    movements.map(({ change, reference, amount, at }): Posting => {
      const { debit, credit } = movementsOf[change];
      return {
        tenantId: account.tenantId,
        kind: `payout-${change}`,
        reference,
        at,
        movements: [
          {
            debit: fundsAccounts[debit](account.id),
            credit: fundsAccounts[credit](account.id),
            amount: money(amount, usd),
          },
        ],
      };
    }),
  );
}
