import type { Transaction } from '#db/database.ts';
import type { PayoutAccount } from './account.ts';
import { updateNumbers } from './store.ts';

/** Trace numbers of ACH entries, check numbers, and control numbers of remittances. */
export type NumberKind = 'trace' | 'check' | 'interchange';

/** Takes `count` numbers in a row of an account that the caller holds, and answers the first. None is given twice. */
export async function takeNumbers(
  transaction: Transaction,
  account: Pick<PayoutAccount, 'tenantId' | 'id'>,
  kind: NumberKind,
  count: number,
): Promise<bigint> {
  const next = await updateNumbers(transaction, account, kind, count);
  if (next === undefined) throw new Error(`payout account ${account.id} is missing`);
  return next;
}
