/** The SQL of asking about operations: which are due, and when they are next. */
import type { Queryable } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Operation } from '../operation.ts';
import { columns } from '../store.ts';

/**
 * Takes operations whose sender's lease, or whose time to be asked about, is over. What was never sent is marked as
 * sent now, so that a crash after this is asked about and not sent blindly.
 */
export async function claimOpenOperations(
  queryable: Queryable,
  claim: { wallNow: Date; leaseUntil: Date; limit: number; tenantId: TenantId | null },
): Promise<(Operation & { readonly wasSent: boolean })[]> {
  return queryable.query(
    `update operations o set next_inquiry_at = $2, inquiries = o.inquiries + case when due.sends = 0 then 0 else 1 end,
       sends = greatest(o.sends, 1), sent_at = coalesce(o.sent_at, $1)
     from (select tenant_id, id, sends from operations
           where status in ('intended', 'awaiting-payer', 'unknown') and next_inquiry_at <= $1 and ($4::uuid is null or tenant_id = $4)
           order by next_inquiry_at limit $3 for update skip locked) due
     where o.tenant_id = due.tenant_id and o.id = due.id
     returning ${columns}, due.sends > 0 as "wasSent"`,
    [claim.wallNow, claim.leaseUntil, claim.limit, claim.tenantId],
    'claim-open-operations',
  );
}

/**
 * Takes open operations whose attempt is over in their tenant's time and which were last asked about before a while ago:
 * a longer one for those that were asked about so often already.
 */
export async function claimEndedAttempts(
  queryable: Queryable,
  claim: {
    wallNow: Date;
    askedBefore: Date;
    patiently: { afterInquiries: number; askedBefore: Date };
    leaseUntil: Date;
    limit: number;
    tenantId: TenantId | null;
  },
): Promise<Operation[]> {
  return queryable.query<Operation>(
    `update operations o set next_inquiry_at = $2, end_asked_at = $1, inquiries = inquiries + 1
     where (o.tenant_id, o.id) in (
       select ended.tenant_id, ended.id from tenants t cross join lateral (
         select e.tenant_id, e.id from operations e
         where e.tenant_id = t.id and e.status in ('intended', 'awaiting-payer', 'unknown') and e.sends > 0
           and e.attempt_ends_at <= $1::timestamptz + t.clock_offset_ms * interval '1 millisecond'
           and (e.end_asked_at is null or e.end_asked_at <= case when e.inquiries < $6 then $3::timestamptz else $7 end)
         order by e.attempt_ends_at limit $4 for update skip locked) ended
       where $5::uuid is null or t.id = $5
       limit $4)
     returning ${columns}`,
    [
      claim.wallNow,
      claim.leaseUntil,
      claim.askedBefore,
      claim.limit,
      claim.tenantId,
      claim.patiently.afterInquiries,
      claim.patiently.askedBefore,
    ],
  );
}

export async function selectNextAttemptEnd(
  queryable: Queryable,
  tenantId: TenantId,
  after: Date,
): Promise<Date | null> {
  const rows = await queryable.query<{ at: Date | null }>(
    `select min(attempt_ends_at) as at from operations
     where tenant_id = $1 and status in ('intended', 'awaiting-payer', 'unknown') and attempt_ends_at > $2`,
    [tenantId, after],
  );
  return rows[0]?.at ?? null;
}

export async function updateSentAgain(
  queryable: Queryable,
  operation: Operation,
  at: Date,
  leaseUntil: Date,
): Promise<boolean> {
  const rows = await queryable.query(
    `update operations set sends = sends + 1, sent_at = $3, next_inquiry_at = $4
     where tenant_id = $1 and id = $2 and sends = $5 and resolved_at is null returning 1`,
    [operation.tenantId, operation.id, at, leaseUntil, operation.sends],
  );
  return rows.length > 0;
}

export async function updateNextInquiry(queryable: Queryable, operation: Operation, at: Date): Promise<void> {
  await queryable.query(
    'update operations set next_inquiry_at = $3 where tenant_id = $1 and id = $2 and resolved_at is null',
    [operation.tenantId, operation.id, at],
  );
}

export async function updateLeasesEnded(queryable: Queryable, at: Date): Promise<void> {
  await queryable.query(
    `update operations set next_inquiry_at = $1 where status in ('intended', 'unknown') and next_inquiry_at > $1`,
    [at],
  );
}

export async function updateAlarmed(queryable: Queryable, operation: Operation, at: Date): Promise<void> {
  await queryable.query(
    'update operations set alarmed_at = coalesce(alarmed_at, $3) where tenant_id = $1 and id = $2 and resolved_at is null',
    [operation.tenantId, operation.id, at],
  );
}
