import type { Transaction } from '#db/database.ts';
import type { IdSource, PaymentId, TenantId } from '#kit/ids.ts';
import type { Money } from '#kit/money.ts';
import { insertAccounts, insertPostings } from './store.ts';

/** One movement: `amount` leaves the credited account and arrives in the debited one. */
export interface Movement {
  readonly debit: string;
  readonly credit: string;
  readonly amount: Money;
}

export interface Posting {
  readonly tenantId: TenantId;
  readonly kind: string;
  /** What is being posted. One posting per reference, whoever posts it and however often. */
  readonly reference: string;
  readonly paymentId?: PaymentId;
  readonly movements: readonly Movement[];
  /** In the tenant's time. */
  readonly at: Date;
}

/**
 * The only writer of the ledger. Writes a balanced posting into the caller's transaction, making accounts that do not
 * exist yet. Answers false, and writes nothing, where the reference was posted before.
 */
export async function post(ids: IdSource, transaction: Transaction, posting: Posting): Promise<boolean> {
  return (await postAll(ids, transaction, [posting])) === 1;
}

/** Writes postings of one tenant together, each as `post` would, and answers how many were new. */
export async function postAll(
  ids: IdSource,
  transaction: Transaction,
  postings: readonly Posting[],
): Promise<number> {
  const [first] = postings;
  if (first === undefined) return 0;
  const rows = postings.map((posting) => ({
    tenantId: posting.tenantId,
    id: ids.uuid(),
    kind: posting.kind,
    reference: posting.reference,
    paymentId: posting.paymentId ?? null,
    at: posting.at,
    entries: posting.movements.flatMap(({ debit, credit, amount }) => [
      { accountCode: debit, currency: amount.currency, amount: amount.minor },
      { accountCode: credit, currency: amount.currency, amount: -amount.minor },
    ]),
  }));
  const named = rows
    .flatMap(({ entries }) => entries)
    .map((entry) => [entry.accountCode, entry.currency] as const);
  const accounts = [...new Map(named.map((name) => [name.join(' '), name])).values()];
  await insertAccounts(
    transaction,
    first.tenantId,
    accounts.map(([code, currency]) => ({ id: ids.uuid(), code, currency })),
    first.at,
  );
  return insertPostings(transaction, first.tenantId, rows);
}
