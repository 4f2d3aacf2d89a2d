import type { Queryable, Transaction } from '#db/database.ts';
import type { CallbackId, EventId, TenantId } from '#kit/ids.ts';
import type { Callback } from './callback.ts';

/** Of a callback, as its store reads them. */
export const columns = `c.id, c.tenant_id as "tenantId", c.event_id as "eventId", c.dialect, c.url, c.subscription_id as "subscriptionId", c.status, c.attempts,
  c.due_at as "dueAt", c.last_status as "lastStatus", c.last_error as "lastError", c.delivered_at as "deliveredAt",
  c.created_at as "createdAt"`;

export interface CallbackRow {
  readonly id: string;
  readonly tenantId: string;
  readonly eventId: string;
  readonly dialect: string;
  readonly url: string;
  readonly subjectId: string;
  readonly subjectVersion: number;
  readonly subscriptionId: string | null;
  readonly isMissed: boolean;
  readonly at: Date;
}

export async function insertCallbacks(transaction: Transaction, rows: readonly CallbackRow[]): Promise<void> {
  transaction.writeRows(
    `insert into callbacks (tenant_id, id, event_id, dialect, url, subject_id, subject_version, subscription_id,
       status, last_error, due_at, created_at)
     select tenant_id, id, event_id, dialect, url, subject_id, subject_version, subscription_id,
       case when missed then 'dead' else 'pending' end, case when missed then 'the circuit is open' end, at, at
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::int[], $8::uuid[], $9::bool[],
       $10::timestamptz[])
       as given (tenant_id, id, event_id, dialect, url, subject_id, subject_version, subscription_id, missed, at)`,
    [
      rows.map((row) => row.tenantId),
      rows.map((row) => row.id),
      rows.map((row) => row.eventId),
      rows.map((row) => row.dialect),
      rows.map((row) => row.url),
      rows.map((row) => row.subjectId),
      rows.map((row) => row.subjectVersion),
      rows.map((row) => row.subscriptionId),
      rows.map((row) => row.isMissed),
      rows.map((row) => row.at),
    ],
    'insert-callbacks',
  );
}

/**
 * Takes callbacks that are due in their tenant's time and free in wall time. A later callback about the same thing to
 * the same address waits for the earlier one, so that a receiver sees the states in their order.
 */
export async function claimDueCallbacks(
  queryable: Queryable,
  claim: { wallNow: Date; leaseUntil: Date; limit: number; tenantId: TenantId | null },
): Promise<Callback[]> {
  return queryable.query<Callback>(
    `update callbacks c set lease_until = $2, attempts = c.attempts + 1
     where (c.tenant_id, c.id) in (
       select due.tenant_id, due.id from tenants t cross join lateral (
         select d.tenant_id, d.id from callbacks d
         where d.tenant_id = t.id and d.status = 'pending'
           and d.due_at <= $1::timestamptz + t.clock_offset_ms * interval '1 millisecond'
           and (d.lease_until is null or d.lease_until <= $1)
           and not exists (select 1 from callbacks earlier
             where earlier.tenant_id = d.tenant_id and earlier.subject_id = d.subject_id and earlier.url = d.url
               and earlier.status = 'pending' and earlier.subject_version < d.subject_version)
         order by d.due_at limit $3 for update skip locked) due
       where $4::uuid is null or t.id = $4
       limit $3)
     returning ${columns}`,
    [claim.wallNow, claim.leaseUntil, claim.limit, claim.tenantId],
    'claim-due-callbacks',
  );
}

export interface DeliveredRow {
  readonly tenantId: TenantId;
  readonly id: CallbackId;
  readonly status: number;
  /** In the tenant's time. */
  readonly at: Date;
}

/** Without a name: a plan that was kept since the table was small might read all of it. */
export async function updateDelivered(queryable: Queryable, rows: readonly DeliveredRow[]): Promise<void> {
  await queryable.query(
    `update callbacks c set status = 'delivered', delivered_at = g.at, last_status = g.status, last_error = null, lease_until = null
     from unnest($1::uuid[], $2::uuid[], $3::int[], $4::timestamptz[]) as g (tenant_id, id, status, at)
     where c.tenant_id = g.tenant_id and c.id = g.id and c.status = 'pending'`,
    [
      rows.map((row) => row.tenantId),
      rows.map((row) => row.id),
      rows.map((row) => row.status),
      rows.map((row) => row.at),
    ],
  );
}

/** Keeps a failed attempt; without a next attempt the callback is given up. */
export async function updateFailed(
  queryable: Queryable,
  callback: Callback,
  failure: { status: number | null; reason: string; nextAt: Date | null },
): Promise<void> {
  await queryable.query(
    `update callbacks set status = case when $5::timestamptz is null then 'dead' else 'pending' end,
       due_at = coalesce($5, due_at), last_status = $3, last_error = $4, lease_until = null
     where tenant_id = $1 and id = $2 and status = 'pending'`,
    [callback.tenantId, callback.id, failure.status, failure.reason, failure.nextAt],
  );
}

export async function selectCallbacks(
  queryable: Queryable,
  tenantId: TenantId,
  page: { status: string | null; before: { createdAt: Date; id: string } | null; limit: number },
): Promise<Callback[]> {
  return queryable.query<Callback>(
    `select ${columns} from callbacks c where c.tenant_id = $1 and ($2::text is null or c.status = $2)
       and ($3::timestamptz is null or (c.created_at, c.id) < ($3, $4::uuid))
     order by c.created_at desc, c.id desc limit $5`,
    [tenantId, page.status, page.before?.createdAt ?? null, page.before?.id ?? null, page.limit],
  );
}

export async function selectCallback(
  queryable: Queryable,
  tenantId: TenantId,
  id: CallbackId,
): Promise<Callback | undefined> {
  const rows = await queryable.query<Callback>(
    `select ${columns} from callbacks c where c.tenant_id = $1 and c.id = $2`,
    [tenantId, id],
  );
  return rows[0];
}

/** Makes a callback that was delivered or given up due again, with its attempts counted from the start. */
export async function updateResend(
  queryable: Queryable,
  tenantId: TenantId,
  id: CallbackId,
  at: Date,
): Promise<Callback | undefined> {
  const rows = await queryable.query<Callback>(
    `update callbacks c set status = 'pending', attempts = 0, due_at = $3, delivered_at = null, lease_until = null
     where c.tenant_id = $1 and c.id = $2 returning ${columns}`,
    [tenantId, id, at],
  );
  return rows[0];
}

/** Makes all callbacks of one event due again, as `updateResend` does for one. */
export async function updateResendOfEvent(
  transaction: Transaction,
  tenantId: TenantId,
  eventId: EventId,
  at: Date,
): Promise<CallbackId[]> {
  const rows = await transaction.query<{ id: CallbackId }>(
    `update callbacks c set status = 'pending', attempts = 0, due_at = $3, delivered_at = null, lease_until = null
     where c.tenant_id = $1 and c.event_id = $2 returning c.id`,
    [tenantId, eventId, at],
  );
  return rows.map((row) => row.id);
}

/** After `after`: one that waits for an earlier one is due already, and says nothing of when the others are. */
export async function selectNextDue(
  queryable: Queryable,
  tenantId: TenantId,
  after: Date,
): Promise<Date | null> {
  const rows = await queryable.query<{ at: Date | null }>(
    `select min(due_at) as at from callbacks where tenant_id = $1 and status = 'pending' and due_at > $2`,
    [tenantId, after],
  );
  return rows[0]?.at ?? null;
}
