import type { Queryable, Transaction } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Attempt, HeldPayout, Payout, PayoutId, PayoutStatus } from './payout.ts';

const columns = `p.id, p.tenant_id as "tenantId", p.account_id as "accountId", p.batch_id as "batchId", p.reference,
  p.input_hash as "inputHash", p.amount, p.status, p.attempt, p.ordered, p.payer, p.payee_account_sealed as "payeeAccountSealed",
  p.created_by as "createdBy", p.version, p.due_at as "dueAt", p.created_at as "createdAt", p.updated_at as "updatedAt"`;

const attemptColumns = `a.tenant_id as "tenantId", a.payout_id as "payoutId", a.attempt, a.account_id as "accountId", a.rail,
  a.amount, a.funded, a.declined, a.cleared, a.voided, a.trace_number as "traceNumber", a.instrument, a.card_last4 as "cardLast4",
  a.cut_at as "cutAt", a.effective_date as "effectiveDate", a.file_id as "fileId", a.stop_at as "stopAt",
  a.stop_file_id as "stopFileId", a.returned_code as "returnedCode", a.returned_at as "returnedAt", a.remittance_sealed as "remittanceSealed",
  a.started_at as "startedAt", a.documented_at as "documentedAt", a.voided_at as "voidedAt"`;

interface NewPayoutRow extends HeldPayout {
  /** Why it is held from the start; absent where it is not. */
  readonly heldBecause?: string | undefined;
}

/** Writes payouts whose references are free, each with its first attempt and transitions. Answers those it wrote. */
export async function insertPayouts(
  transaction: Transaction,
  rows: readonly NewPayoutRow[],
): Promise<PayoutId[]> {
  const inserted = await transaction.query<{ id: PayoutId }>(
    `with given as (
       select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::bytea[], $7::bigint[], $8::jsonb[],
         $9::jsonb[], $10::text[], $11::uuid[], $12::timestamptz[], $13::timestamptz[], $14::text[], $15::text[])
         as given (tenant_id, id, account_id, batch_id, reference, input_hash, amount, ordered, payer, payee_account_sealed,
           created_by, due_at, at, rail, held_because)),
     made as (
       insert into payout_orders (tenant_id, id, account_id, batch_id, reference, input_hash, amount, status, ordered, payer,
         payee_account_sealed, created_by, due_at, created_at, updated_at, version)
       select tenant_id, id, account_id, batch_id, reference, input_hash, amount,
         case when held_because is null then 'created' else 'held' end, ordered, payer,
         payee_account_sealed, created_by, due_at, at, at, case when held_because is null then 1 else 2 end from given
       on conflict (tenant_id, reference) do nothing returning tenant_id, id),
     attempted as (
       insert into payout_attempts (tenant_id, payout_id, attempt, account_id, rail, amount, started_at)
       select g.tenant_id, g.id, 1, g.account_id, g.rail, g.amount, g.at from given g join made using (tenant_id, id)),
     traced as (
       insert into payout_transitions (tenant_id, payout_id, version, from_status, to_status, reason, at)
       select g.tenant_id, g.id, step.version, step.from_status, step.to_status, step.reason, g.at
       from given g join made using (tenant_id, id)
         cross join lateral (values (1, null, 'created', ''), (2, 'created', 'held', g.held_because))
           as step (version, from_status, to_status, reason)
       where step.reason is not null)
     select id from made`,
    [
      rows.map(({ payout }) => payout.tenantId),
      rows.map(({ payout }) => payout.id),
      rows.map(({ payout }) => payout.accountId),
      rows.map(({ payout }) => payout.batchId),
      rows.map(({ payout }) => payout.reference),
      rows.map(({ payout }) => payout.inputHash),
      rows.map(({ payout }) => payout.amount),
      rows.map(({ payout }) => JSON.stringify(payout.ordered)),
      rows.map(({ payout }) => JSON.stringify(payout.payer)),
      rows.map(({ payout }) => payout.payeeAccountSealed),
      rows.map(({ payout }) => payout.createdBy),
      rows.map(({ payout }) => payout.dueAt),
      rows.map(({ payout }) => payout.createdAt),
      rows.map(({ attempt }) => attempt.rail),
      rows.map(({ heldBecause }) => heldBecause ?? null),
    ],
    'insert-payouts',
  );
  return inserted.map(({ id }) => id);
}

export async function selectPayout(
  queryable: Queryable,
  tenantId: TenantId,
  id: PayoutId,
): Promise<Payout | undefined> {
  const rows = await queryable.query<Payout>(
    `select ${columns} from payout_orders p where p.tenant_id = $1 and p.id = $2`,
    [tenantId, id],
    'select-payout',
  );
  return rows[0];
}

export async function selectPayoutsById(
  queryable: Queryable,
  tenantId: TenantId,
  ids: readonly PayoutId[],
): Promise<Payout[]> {
  return queryable.query<Payout>(
    `select ${columns} from payout_orders p where p.tenant_id = $1 and p.id = any($2::uuid[])`,
    [tenantId, ids],
    'select-payouts-by-id',
  );
}

export async function selectByReferences(
  queryable: Queryable,
  tenantId: TenantId,
  references: readonly string[],
): Promise<Payout[]> {
  return queryable.query<Payout>(
    `select ${columns} from payout_orders p where p.tenant_id = $1 and p.reference = any($2::text[])`,
    [tenantId, references],
    'select-payouts-by-reference',
  );
}

/** The tenant's payouts, newest first, from a position on; those of one batch oldest first. */
export async function selectPayouts(
  queryable: Queryable,
  tenantId: TenantId,
  page: { after: { createdAt: Date; id: string } | null; limit: number },
): Promise<Payout[]> {
  return queryable.query<Payout>(
    `select ${columns} from payout_orders p where p.tenant_id = $1
       and ($2::timestamptz is null or (p.created_at, p.id) < ($2, $3::uuid))
     order by p.created_at desc, p.id desc limit $4`,
    [tenantId, page.after?.createdAt ?? null, page.after?.id ?? null, page.limit],
  );
}

export async function selectAttempts(
  queryable: Queryable,
  tenantId: TenantId,
  id: PayoutId,
): Promise<Attempt[]> {
  return queryable.query<Attempt>(
    `select ${attemptColumns} from payout_attempts a where a.tenant_id = $1 and a.payout_id = $2 order by a.attempt`,
    [tenantId, id],
    'select-payout-attempts',
  );
}

export interface PayoutTransition {
  readonly version: number;
  readonly toStatus: PayoutStatus;
  readonly reason: string;
  readonly at: Date;
}

export async function selectTransitions(
  queryable: Queryable,
  tenantId: TenantId,
  id: PayoutId,
): Promise<PayoutTransition[]> {
  return queryable.query<PayoutTransition>(
    `select version, to_status as "toStatus", reason, at from payout_transitions
     where tenant_id = $1 and payout_id = $2 order by version`,
    [tenantId, id],
    'select-payout-transitions',
  );
}

/** The row lock every change of a payout begins with. */
export async function lockPayouts(
  transaction: Transaction,
  tenantId: TenantId,
  ids: readonly PayoutId[],
): Promise<Payout[]> {
  return transaction.query<Payout>(
    `select ${columns} from payout_orders p where p.tenant_id = $1 and p.id = any($2::uuid[]) order by p.id for update`,
    [tenantId, ids],
    'lock-payouts',
  );
}

/** Payouts that go on by themselves now, in their tenant's time, of one tenant each time; those somebody holds are left. */
export async function lockDuePayouts(
  transaction: Transaction,
  due: { wallNow: Date; limit: number; tenantId: TenantId | null },
): Promise<Payout[]> {
  return transaction.query<Payout>(
    `select ${columns} from payout_orders p where (p.tenant_id, p.id) in (
       select found.tenant_id, found.id from tenants t cross join lateral (
         select d.tenant_id, d.id from payout_orders d
         where d.tenant_id = t.id and d.due_at <= $1::timestamptz + t.clock_offset_ms * interval '1 millisecond'
         order by d.due_at, d.id limit $2 for update skip locked) found
       where $3::uuid is null or t.id = $3
       limit $2) order by p.created_at, p.id for update`,
    [due.wallNow, due.limit, due.tenantId],
    'lock-due-payouts',
  );
}

/** The present attempts of payouts whose rows the caller has locked. */
export async function selectPresentAttempts(
  queryable: Queryable,
  payouts: readonly Pick<Payout, 'tenantId' | 'id' | 'attempt'>[],
): Promise<Attempt[]> {
  return queryable.query<Attempt>(
    `select ${attemptColumns} from payout_attempts a
     join unnest($1::uuid[], $2::uuid[], $3::int[]) as given (tenant_id, payout_id, attempt)
       on a.tenant_id = given.tenant_id and a.payout_id = given.payout_id and a.attempt = given.attempt`,
    [
      payouts.map(({ tenantId }) => tenantId),
      payouts.map(({ id }) => id),
      payouts.map(({ attempt }) => attempt),
    ],
    'select-present-payout-attempts',
  );
}

export interface StatusChange {
  readonly payout: Payout;
  readonly to: PayoutStatus;
  readonly reason: string;
  readonly attempt: number;
  readonly dueAt: Date | null;
  readonly at: Date;
}

/** Moves payouts on, compare-and-set on their versions, and writes the transitions beside. Answers whom it moved. */
export async function updateStatuses(
  transaction: Transaction,
  changes: readonly StatusChange[],
): Promise<PayoutId[]> {
  const rows = await transaction.query<{ id: PayoutId }>(
    `with given as (
       select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::text[], $6::text[], $7::int[], $8::timestamptz[],
         $9::timestamptz[]) as given (tenant_id, id, version, from_status, to_status, reason, attempt, due_at, at)),
     moved as (
       update payout_orders p set status = g.to_status, attempt = g.attempt, due_at = g.due_at, updated_at = g.at,
         version = p.version + 1
       from given g where p.tenant_id = g.tenant_id and p.id = g.id and p.version = g.version
       returning p.tenant_id, p.id, p.version, g.from_status, g.to_status, g.reason, g.at),
     traced as (
       insert into payout_transitions (tenant_id, payout_id, version, from_status, to_status, reason, at)
       select tenant_id, id, version, from_status, to_status, reason, at from moved)
     select id from moved`,
    [
      changes.map(({ payout }) => payout.tenantId),
      changes.map(({ payout }) => payout.id),
      changes.map(({ payout }) => payout.version),
      changes.map(({ payout }) => payout.status),
      changes.map(({ to }) => to),
      changes.map(({ reason }) => reason),
      changes.map(({ attempt }) => attempt),
      changes.map(({ dueAt }) => dueAt),
      changes.map(({ at }) => at),
    ],
    'update-payout-statuses',
  );
  return rows.map(({ id }) => id);
}

/** What is due and stays where it is waits for somebody from now on. */
export async function updateDue(transaction: Transaction, payouts: readonly Payout[]): Promise<void> {
  if (payouts.length === 0) return;
  transaction.write(
    `update payout_orders p set due_at = null from unnest($1::uuid[], $2::uuid[]) as g (tenant_id, id)
     where p.tenant_id = g.tenant_id and p.id = g.id`,
    [payouts.map(({ tenantId }) => tenantId), payouts.map(({ id }) => id)],
    'update-payout-due',
  );
}

/** When a payout of the tenant next goes on by itself, after `after`. */
export async function selectNextDue(
  queryable: Queryable,
  tenantId: TenantId,
  after: Date,
): Promise<Date | null> {
  const rows = await queryable.query<{ at: Date | null }>(
    'select min(due_at) as at from payout_orders where tenant_id = $1 and due_at > $2',
    [tenantId, after],
  );
  return rows[0]?.at ?? null;
}
