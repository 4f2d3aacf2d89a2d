import type { Transaction } from '#db/database.ts';
import type { IdSource, PaymentId, TenantId } from '#kit/ids.ts';
import type { Money } from '#kit/money.ts';
import {
  type AccountRow,
  insertAccounts,
  insertNewPostings,
  insertPostings,
  type PostingRow,
} from './store.ts';

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
 * The only writer of the ledger. Sends a balanced posting into the caller's transaction, making accounts that do not
 * exist yet. Nothing is written where the reference was posted before.
 */
export function post(ids: IdSource, transaction: Transaction, posting: Posting): void {
  postAll(ids, transaction, [posting]);
}

/** As `post`, and answers whether the posting is new. */
export async function postIfNew(ids: IdSource, transaction: Transaction, posting: Posting): Promise<boolean> {
  return (await insertNewPostings(transaction, prepare(ids, transaction, [posting]))) === 1;
}

/** Sends postings together, each as `post` would. */
export function postAll(ids: IdSource, transaction: Transaction, postings: readonly Posting[]): void {
  if (postings.length > 0) insertPostings(transaction, prepare(ids, transaction, postings));
}

/** Sends the accounts that postings need, and answers their rows. */
function prepare(ids: IdSource, transaction: Transaction, postings: readonly Posting[]): PostingRow[] {
  const accounts = new Map<string, AccountRow>();
  const rows = postings.map(({ tenantId, kind, reference, paymentId, movements, at }) => {
    const entries = movements.flatMap(({ debit, credit, amount: { currency, minor } }) => [
      { accountCode: debit, currency, amount: minor },
      { accountCode: credit, currency, amount: -minor },
    ]);
    if (entries.length === 0) throw new Error(`the posting ${reference} moves nothing`);
    for (const { accountCode: code, currency } of entries)
      accounts.set(`${tenantId} ${code} ${currency}`, { tenantId, id: ids.uuid(), code, currency, at });
    return { tenantId, id: ids.uuid(), kind, reference, paymentId: paymentId ?? null, at, entries };
  });
  insertAccounts(transaction, [...accounts.values()]);
  return rows;
}
