import type { Queryable, Transaction } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import type { RailNews } from '#kit/rail.ts';
import type { Payout, PayoutId } from '../../payouts/payout.ts';
import type { FilingDue } from '../file.ts';
import type { Correction } from '../read-corrections.ts';
import type { KeptDetail } from '../seal-news.ts';

/** The attempt that has this name on a rail. */
export async function selectByInstrument(
  queryable: Queryable,
  due: FilingDue,
  instrument: string,
): Promise<{ payoutId: PayoutId; attempt: number } | undefined> {
  const rows = await queryable.query<{ payoutId: PayoutId; attempt: number }>(
    `select payout_id as "payoutId", attempt from payout_attempts
     where tenant_id = $1 and account_id = $2 and rail = $3 and instrument = $4`,
    [due.tenantId, due.accountId, due.rail, instrument],
    'select-payout-by-instrument',
  );
  return rows[0];
}

/** Keeps a piece of news, as not applied; answers false where it was kept before. */
export async function insertNews(
  transaction: Transaction,
  due: FilingDue,
  { news, detail, at }: { readonly news: RailNews; readonly detail: KeptDetail; readonly at: Date },
): Promise<boolean> {
  const rows = await transaction.query(
    `insert into payout_news (tenant_id, account_id, rail, sequence, instrument, kind, amount, code, detail_sealed, corrected_last4,
       applied, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, false, $11) on conflict do nothing returning 1`,
    [
      due.tenantId,
      due.accountId,
      due.rail,
      news.sequence,
      news.instrument,
      news.kind,
      news.amount,
      news.code,
      detail.sealed,
      detail.correctedLast4,
      at,
    ],
    'insert-payout-news',
  );
  return rows.length > 0;
}

export async function markApplied(transaction: Transaction, due: FilingDue, sequence: bigint): Promise<void> {
  transaction.write(
    `update payout_news set applied = true
     where tenant_id = $1 and account_id = $2 and rail = $3 and sequence = $4`,
    [due.tenantId, due.accountId, due.rail, sequence],
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
