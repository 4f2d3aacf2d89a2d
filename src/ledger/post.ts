import type { Transaction } from '#db/database.ts';
import type { IdSource, PaymentId, TenantId } from '#kit/ids.ts';
import type { Money } from '#kit/money.ts';
import { insertAccounts, insertPosting } from './store.ts';

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
  const entries = posting.movements.flatMap(({ debit, credit, amount }) => [
    { accountCode: debit, currency: amount.currency, amount: amount.minor },
    { accountCode: credit, currency: amount.currency, amount: -amount.minor },
  ]);
  const accounts = entries.map((entry) => ({
    id: ids.uuid(),
    code: entry.accountCode,
    currency: entry.currency,
  }));
  await insertAccounts(transaction, posting.tenantId, accounts, posting.at);
  const row = {
    tenantId: posting.tenantId,
    id: ids.uuid(),
    kind: posting.kind,
    reference: posting.reference,
    paymentId: posting.paymentId ?? null,
    at: posting.at,
  };
  return insertPosting(transaction, row, entries);
}
