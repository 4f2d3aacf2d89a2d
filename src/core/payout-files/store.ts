import type { Queryable, Transaction } from '#db/database.ts';
import { bankingZone } from '#kit/banking-days.ts';
import type { TenantId } from '#kit/ids.ts';
import type { RailEntry } from '#kit/rail.ts';
import type { Payer } from '../payout-accounts/account.ts';
import type { PayoutOrder } from '../payouts/order.ts';
import type { PayoutFileId, PayoutId } from '../payouts/payout.ts';
import type { FilingDue, PayoutFile } from './file.ts';

const columns = `f.id, f.tenant_id as "tenantId", f.account_id as "accountId", f.rail, f.status, f.file_name as "fileName",
  f.content_sealed as "contentSealed", f.entries, f.tries, f.created_at as "createdAt", f.accepted_at as "acceptedAt"`;

/** What makes an attempt one to be filed at `$now`: issued for the first time, or taken back. */
const toIssue = `a.file_id is null and a.instrument is not null and a.voided_at is null`;
const toStop = `a.stop_at is not null and a.stop_file_id is null`;

export async function selectDueFilings(
  queryable: Queryable,
  due: { wallNow: Date; limit: number; tenantId: TenantId | null },
): Promise<FilingDue[]> {
  return queryable.query<FilingDue>(
    `select distinct found.tenant_id as "tenantId", found.account_id as "accountId", found.rail
     from tenants t cross join lateral (
       (select a.tenant_id, a.account_id, a.rail from payout_attempts a
        join payout_orders p on p.tenant_id = a.tenant_id and p.id = a.payout_id and p.attempt = a.attempt
        where a.tenant_id = t.id and ${toIssue} and p.status = 'requested'
          and a.cut_at <= $1::timestamptz + t.clock_offset_ms * interval '1 millisecond' limit $2)
       union all
       (select a.tenant_id, a.account_id, a.rail from payout_attempts a
        where a.tenant_id = t.id and ${toStop}
          and a.stop_at <= $1::timestamptz + t.clock_offset_ms * interval '1 millisecond' limit $2)) found
     where $3::uuid is null or t.id = $3`,
    [due.wallNow, due.limit, due.tenantId],
    'select-due-filings',
  );
}

export interface FilableRow {
  readonly tenantId: TenantId;
  readonly payoutId: PayoutId;
  readonly attempt: number;
  readonly kind: RailEntry['kind'];
  readonly instrument: string;
  readonly reference: string;
  readonly traceNumber: string;
  readonly amount: bigint;
  readonly effectiveDate: string;
  readonly ordered: PayoutOrder;
  readonly payer: Payer;
  readonly payeeAccountSealed: string | null;
}

/** What of an account is to be filed, in the order of its instruments; what somebody holds goes with the next file. */
export async function lockFilable(
  transaction: Transaction,
  due: FilingDue & { readonly now: Date; readonly limit: number },
): Promise<FilableRow[]> {
  return transaction.query<FilableRow>(
    `select a.tenant_id as "tenantId", a.payout_id as "payoutId", a.attempt, p.reference,
       case when a.file_id is null then 'issue' else 'stop' end as kind, a.instrument, a.trace_number as "traceNumber",
       a.amount, a.effective_date as "effectiveDate", p.ordered, p.payer, p.payee_account_sealed as "payeeAccountSealed"
     from payout_attempts a join payout_orders p on p.tenant_id = a.tenant_id and p.id = a.payout_id
     where a.tenant_id = $1 and a.account_id = $2 and a.rail = $3
       and ((${toIssue} and p.status = 'requested' and p.attempt = a.attempt and a.cut_at <= $4)
         or (${toStop} and a.stop_at <= $4))
     order by a.instrument limit $5 for update of p, a skip locked`,
    [due.tenantId, due.accountId, due.rail, due.now, due.limit],
    'lock-filable-payouts',
  );
}

export async function countFilesOfDay(queryable: Queryable, due: FilingDue, date: string): Promise<number> {
  const rows = await queryable.query(
    `select 1 from payout_files where tenant_id = $1 and account_id = $2 and rail = $3
       and (created_at at time zone '${bankingZone}')::date = $4::date`,
    [due.tenantId, due.accountId, due.rail, date],
  );
  return rows.length;
}

/** Writes a file and marks each of its entries with it. */
export async function insertFile(
  transaction: Transaction,
  file: PayoutFile,
  rows: readonly FilableRow[],
  leaseUntil: Date,
): Promise<void> {
  transaction.write(
    `insert into payout_files (tenant_id, id, account_id, rail, status, file_name, content_sealed, entries, tries, lease_until, created_at)
     values ($1, $2, $3, $4, 'cut', $5, $6, $7, 1, $8, $9)`,
    [
      file.tenantId,
      file.id,
      file.accountId,
      file.rail,
      file.fileName,
      file.contentSealed,
      file.entries,
      leaseUntil,
      file.createdAt,
    ],
  );
  const marked = await transaction.query(
    `update payout_attempts a set file_id = coalesce(a.file_id, $2),
       stop_file_id = case when g.kind = 'stop' then $2 else a.stop_file_id end
     from unnest($3::uuid[], $4::int[], $5::text[]) as g (payout_id, attempt, kind)
     where a.tenant_id = $1 and a.payout_id = g.payout_id and a.attempt = g.attempt
       and case g.kind when 'issue' then a.file_id is null else a.stop_file_id is null end returning 1`,
    [
      file.tenantId,
      file.id,
      rows.map(({ payoutId }) => payoutId),
      rows.map(({ attempt }) => attempt),
      rows.map(({ kind }) => kind),
    ],
  );
  if (marked.length !== rows.length) throw new Error('an entry was filed while it was held');
}

export async function claimWaitingFiles(
  queryable: Queryable,
  claim: { wallNow: Date; leaseUntil: Date; limit: number; tenantId: TenantId | null },
): Promise<PayoutFile[]> {
  return queryable.query<PayoutFile>(
    `update payout_files f set lease_until = $2, tries = f.tries + 1
     where (f.tenant_id, f.id) in (
       select w.tenant_id, w.id from payout_files w
       where w.status = 'cut' and (w.lease_until is null or w.lease_until <= $1) and ($4::uuid is null or w.tenant_id = $4)
       order by w.created_at limit $3 for update skip locked)
     returning ${columns}`,
    [claim.wallNow, claim.leaseUntil, claim.limit, claim.tenantId],
    'claim-waiting-payout-files',
  );
}

export async function lockFile(
  transaction: Transaction,
  file: Pick<PayoutFile, 'tenantId' | 'id'>,
): Promise<PayoutFile | undefined> {
  const rows = await transaction.query<PayoutFile>(
    `select ${columns} from payout_files f where f.tenant_id = $1 and f.id = $2 for update`,
    [file.tenantId, file.id],
  );
  return rows[0];
}

export async function selectFile(
  queryable: Queryable,
  tenantId: TenantId,
  id: PayoutFileId,
): Promise<PayoutFile | undefined> {
  const rows = await queryable.query<PayoutFile>(
    `select ${columns} from payout_files f where f.tenant_id = $1 and f.id = $2`,
    [tenantId, id],
  );
  return rows[0];
}

export async function updateFile(
  transaction: Transaction,
  file: Pick<PayoutFile, 'tenantId' | 'id'>,
  change: { status: PayoutFile['status']; acceptedAt: Date | null; leaseUntil: Date | null },
): Promise<void> {
  transaction.write(
    'update payout_files set status = $3, accepted_at = $4, lease_until = $5 where tenant_id = $1 and id = $2',
    [file.tenantId, file.id, change.status, change.acceptedAt, change.leaseUntil],
  );
}

/** The payouts that a file issues and that still wait for it. */
export async function selectRequestedOf(queryable: Queryable, file: PayoutFile): Promise<PayoutId[]> {
  const rows = await queryable.query<{ id: PayoutId }>(
    `select p.id from payout_attempts a
     join payout_orders p on p.tenant_id = a.tenant_id and p.id = a.payout_id and p.attempt = a.attempt
     where a.tenant_id = $1 and a.file_id = $2 and p.status = 'requested' order by p.id`,
    [file.tenantId, file.id],
  );
  return rows.map(({ id }) => id);
}
