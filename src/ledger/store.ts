import type { Columns, Queryable, Transaction } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';

export interface EntryRow {
  readonly accountCode: string;
  readonly currency: string;
  readonly amount: bigint;
}

export interface PostingRow {
  readonly tenantId: TenantId;
  readonly id: string;
  readonly kind: string;
  readonly reference: string;
  readonly paymentId: string | null;
  readonly at: Date;
  readonly entries: readonly EntryRow[];
}

export interface AccountRow {
  readonly tenantId: TenantId;
  readonly id: string;
  readonly code: string;
  readonly currency: string;
  readonly at: Date;
}

/** Makes the accounts that do not exist yet. */
export function insertAccounts(transaction: Transaction, accounts: readonly AccountRow[]): void {
  transaction.writeRows(
    `insert into ledger_accounts (tenant_id, id, code, currency, created_at)
     select given.* from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[])
       as given (tenant_id, id, code, currency, at)
     where not exists (select 1 from ledger_accounts a
       where a.tenant_id = given.tenant_id and a.code = given.code and a.currency = given.currency)
     on conflict do nothing`,
    [
      accounts.map((one) => one.tenantId),
      accounts.map((one) => one.id),
      accounts.map((one) => one.code),
      accounts.map((one) => one.currency),
      accounts.map((one) => one.at),
    ],
    'ledger-insert-accounts',
  );
}

const postings = `with given as materialized (
  select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::timestamptz[], $7::int[], $8::text[],
      $9::text[], $10::bigint[]) with ordinality
    as row (tenant_id, id, kind, reference, payment_id, at, ordinal, code, currency, amount, n)
), posted as (
  insert into ledger_transactions (tenant_id, id, kind, reference, payment_id, created_at)
  select tenant_id, id, kind, reference, payment_id, at from given where ordinal = 1
  on conflict (tenant_id, reference) do nothing returning tenant_id, id
), waiting as (
  insert into ledger_unsealed (tenant_id, transaction_id) select tenant_id, id from posted
), entered as (
  insert into ledger_entries (tenant_id, transaction_id, ordinal, account_id, currency, amount)
  select posted.tenant_id, posted.id, given.ordinal, a.id, given.currency, given.amount
  from given join posted on posted.id = given.id
  left join ledger_accounts a on a.tenant_id = given.tenant_id and a.code = given.code and a.currency = given.currency
  returning 1
) select given.n::int as n, (select count(*) from entered) from posted join given on given.id = posted.id
  where given.ordinal = 1`;
const postingsName = 'ledger-insert-postings';

/** Writes postings with their entries; one whose reference was posted before is passed over. */
export function insertPostings(transaction: Transaction, rows: readonly PostingRow[]): void {
  transaction.writeRows(postings, columnsOf(rows), postingsName);
}

/** The same, and answers how many were new. */
export async function insertNewPostings(
  transaction: Transaction,
  rows: readonly PostingRow[],
): Promise<number> {
  return (await transaction.queryRows(postings, columnsOf(rows), postingsName)).length;
}

function columnsOf(rows: readonly PostingRow[]): Columns {
  const entries = rows.flatMap(({ entries: own, ...posting }) =>
    own.map((entry, index) => ({ ...posting, ...entry, ordinal: index + 1 })),
  );
  return [
    entries.map((row) => row.tenantId),
    entries.map((row) => row.id),
    entries.map((row) => row.kind),
    entries.map((row) => row.reference),
    entries.map((row) => row.paymentId),
    entries.map((row) => row.at),
    entries.map((row) => row.ordinal),
    entries.map((row) => row.accountCode),
    entries.map((row) => row.currency),
    entries.map((row) => row.amount),
  ];
}

export interface Balance {
  readonly code: string;
  readonly currency: string;
  readonly balance: bigint;
}

/** Cached balance of the sealed postings plus what has come since. Debits are positive. */
export async function selectBalances(queryable: Queryable, tenantId: TenantId): Promise<Balance[]> {
  return queryable.query<Balance>(
    `select a.code, a.currency, (coalesce(b.balance, 0) + coalesce(fresh.amount, 0))::bigint as balance
     from ledger_accounts a
     left join ledger_balances b on b.tenant_id = a.tenant_id and b.account_id = a.id
     left join (
       select e.account_id, sum(e.amount) as amount from ledger_unsealed u
       join ledger_entries e on e.tenant_id = u.tenant_id and e.transaction_id = u.transaction_id
       where u.tenant_id = $1 group by e.account_id) fresh on fresh.account_id = a.id
     where a.tenant_id = $1 order by a.code, a.currency`,
    [tenantId],
  );
}

export interface UnsealedPosting {
  readonly id: string;
  readonly content: string;
}

/** What a seal covers, as one line of text per posting; the audit computes the same expression. */
export const postingContent = `t.id::text || '|' || t.kind || '|' || t.reference || '|' || coalesce(t.payment_id::text, '') || '|' ||
  (extract(epoch from t.created_at) * 1000)::bigint::text || '|' ||
  (select string_agg(e.ordinal || ':' || e.account_id || ':' || e.currency || ':' || e.amount, ',' order by e.ordinal)
   from ledger_entries e where e.tenant_id = t.tenant_id and e.transaction_id = t.id)`;

export async function selectUnsealedTenants(queryable: Queryable): Promise<TenantId[]> {
  const rows = await queryable.query<{ tenantId: TenantId }>(
    'select distinct tenant_id as "tenantId" from ledger_unsealed',
  );
  return rows.map((row) => row.tenantId);
}

/** Takes the tenant's sealing lock for this transaction, then its unsealed postings. */
export async function lockUnsealed(
  transaction: Transaction,
  tenantId: TenantId,
  limit: number,
): Promise<UnsealedPosting[]> {
  transaction.write('select pg_advisory_xact_lock(hashtextextended($1, 2))', [tenantId]);
  return transaction.query<UnsealedPosting>(
    `select t.id, ${postingContent} as content
     from ledger_unsealed u join ledger_transactions t on t.tenant_id = u.tenant_id and t.id = u.transaction_id
     where u.tenant_id = $1 order by t.created_at, t.id limit $2`,
    [tenantId, limit],
  );
}

export async function selectLastSeal(
  transaction: Transaction,
  tenantId: TenantId,
): Promise<{ sequence: bigint; hash: Buffer } | undefined> {
  const rows = await transaction.query<{ sequence: bigint; hash: Buffer }>(
    'select sequence, hash from ledger_seals where tenant_id = $1 order by sequence desc limit 1',
    [tenantId],
  );
  return rows[0];
}

export interface SealRow {
  readonly sequence: bigint;
  readonly transactionId: string;
  readonly hash: Buffer;
}

/** Writes the seals, adds the sealed entries to the cached balances, and takes the postings off the waiting list. */
export async function insertSeals(
  transaction: Transaction,
  tenantId: TenantId,
  seals: readonly SealRow[],
  at: Date,
): Promise<void> {
  const ids = seals.map((seal) => seal.transactionId);
  transaction.write(
    `insert into ledger_seals (tenant_id, sequence, transaction_id, hash, sealed_at)
     select $1, sequence, id, hash, $5 from unnest($2::bigint[], $3::uuid[], $4::bytea[]) as given (sequence, id, hash)`,
    [tenantId, seals.map((seal) => seal.sequence), ids, seals.map((seal) => seal.hash), at],
  );
  transaction.write(
    `insert into ledger_balances (tenant_id, account_id, balance)
     select $1, account_id, sum(amount) from ledger_entries where tenant_id = $1 and transaction_id = any($2::uuid[]) group by account_id
     on conflict (tenant_id, account_id) do update set balance = ledger_balances.balance + excluded.balance`,
    [tenantId, ids],
  );
  transaction.write('delete from ledger_unsealed where tenant_id = $1 and transaction_id = any($2::uuid[])', [
    tenantId,
    ids,
  ]);
}
