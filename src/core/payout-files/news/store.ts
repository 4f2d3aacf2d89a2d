import type { Queryable, Transaction } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import type { RailNews } from '#kit/rail.ts';
import type { Payout, PayoutId } from '../../payouts/payout.ts';
import type { FilingDue } from '../file.ts';
import type { Correction } from '../read-corrections.ts';
import type { KeptDetail } from '../seal-news.ts';

export interface NamedAttempt {
  readonly instrument: string;
  readonly payoutId: PayoutId;
  readonly attempt: number;
}

/** The attempts that have these names on a rail. */
export async function selectByInstruments(
  queryable: Queryable,
  due: FilingDue,
  instruments: readonly string[],
): Promise<NamedAttempt[]> {
  return queryable.query<NamedAttempt>(
    `select instrument, payout_id as "payoutId", attempt from payout_attempts
     where tenant_id = $1 and account_id = $2 and rail = $3 and instrument = any($4::text[])`,
    [due.tenantId, due.accountId, due.rail, instruments],
    'select-payouts-by-instrument',
  );
}

/** Keeps pieces of news, as not applied; answers the sequences of those that were not kept before. */
export async function insertNews(
  transaction: Transaction,
  due: FilingDue,
  pieces: readonly { readonly news: RailNews; readonly detail: KeptDetail; readonly at: Date }[],
): Promise<bigint[]> {
  const rows = await transaction.query<{ sequence: bigint }>(
    `insert into payout_news (tenant_id, account_id, rail, sequence, instrument, kind, amount, code, detail_sealed, corrected_last4,
       applied, at)
     select $1, $2, $3, sequence, instrument, kind, amount, code, detail_sealed, corrected_last4, false, at
     from unnest($4::bigint[], $5::text[], $6::text[], $7::bigint[], $8::text[], $9::text[], $10::text[], $11::timestamptz[])
       as given (sequence, instrument, kind, amount, code, detail_sealed, corrected_last4, at)
     on conflict do nothing returning sequence`,
    [
      due.tenantId,
      due.accountId,
      due.rail,
      pieces.map(({ news }) => news.sequence),
      pieces.map(({ news }) => news.instrument),
      pieces.map(({ news }) => news.kind),
      pieces.map(({ news }) => news.amount),
      pieces.map(({ news }) => news.code),
      pieces.map(({ detail }) => detail.sealed),
      pieces.map(({ detail }) => detail.correctedLast4),
      pieces.map(({ at }) => at),
    ],
    'insert-payout-news',
  );
  return rows.map(({ sequence }) => sequence);
}

export async function markApplied(
  transaction: Transaction,
  due: FilingDue,
  sequences: readonly bigint[],
): Promise<void> {
  transaction.write(
    `update payout_news set applied = true
     where tenant_id = $1 and account_id = $2 and rail = $3 and sequence = any($4::bigint[])`,
    [due.tenantId, due.accountId, due.rail, sequences],
    'mark-payout-news-applied',
  );
}

/** The notifications of change of a payout's instruments, in the order in which they came. */
export async function selectCorrections(
  queryable: Queryable,
  { tenantId, id }: Pick<Payout, 'tenantId' | 'id'>,
): Promise<Correction[]> {
  return queryable.query<Correction>(
    `select a.attempt, coalesce(n.code, '') as code, coalesce(n.corrected_last4, '') as "correctedLast4", n.at
     from payout_attempts a join payout_news n on n.tenant_id = a.tenant_id and n.account_id = a.account_id
       and n.rail = a.rail and n.instrument = a.instrument and n.kind = 'corrected'
     where a.tenant_id = $1 and a.payout_id = $2 order by a.attempt, n.sequence`,
    [tenantId, id],
    'select-payout-corrections',
  );
}

/** How far an account's news of a rail has been read. */
export async function selectNewsRead(queryable: Queryable, due: FilingDue): Promise<bigint> {
  const rows = await queryable.query<{ read: bigint | null }>(
    'select max(sequence) as read from payout_news where tenant_id = $1 and account_id = $2 and rail = $3',
    [due.tenantId, due.accountId, due.rail],
    'select-payout-news-read',
  );
  return rows[0]?.read ?? 0n;
}

/** Accounts with instruments out of which something may still become: on each rail, of one tenant or of all. */
export async function selectOutstanding(
  queryable: Queryable,
  tenantId: TenantId | null,
  limit: number,
): Promise<FilingDue[]> {
  return queryable.query<FilingDue>(
    `select account.tenant_id as "tenantId", account.id as "accountId", rails.rail
     from payout_accounts account cross join (values ('ach'), ('check'), ('virtual-card')) as rails (rail)
     where ($1::uuid is null or account.tenant_id = $1) and exists (
       select 1 from payout_attempts a where a.tenant_id = account.tenant_id and a.account_id = account.id
         and a.rail = rails.rail and a.file_id is not null) limit $2`,
    [tenantId, limit],
    'select-outstanding-payouts',
  );
}
