import type { Queryable, Transaction } from '#db/database.ts';
import type { OperationId, PaymentId, TenantId } from '#kit/ids.ts';
import { type Operation, type OperationStatus, personalParameters } from './operation.ts';

export const columns = `o.id, o.tenant_id as "tenantId", o.payment_id as "paymentId", o.kind, o.connector, o.reference,
  o.original_reference as "originalReference", o.card_id as "cardId", o.by_page as "byPage", o.currency, o.amount, o.reason, o.parameters, o.status,
  o.page_url as "pageUrl", o.sends, o.inquiries, o.sent_at as "sentAt", o.attempt_ends_at as "attemptEndsAt",
  o.cancel_asked_by as "cancelAskedBy", o.alarmed_at as "alarmedAt",
  o.processor_reference as "processorReference", o.code, o.message, o.card, o.created_at as "createdAt", o.resolved_at as "resolvedAt"`;

export interface NewOperationRow
  extends Pick<
    Operation,
    | 'id'
    | 'tenantId'
    | 'paymentId'
    | 'kind'
    | 'connector'
    | 'reference'
    | 'originalReference'
    | 'cardId'
    | 'byPage'
    | 'currency'
    | 'amount'
    | 'reason'
    | 'parameters'
    | 'sentAt'
    | 'attemptEndsAt'
  > {
  /** When the sweeper may take it up. */
  readonly nextInquiryAt: Date;
}

export async function insertOperations(
  transaction: Transaction,
  rows: readonly NewOperationRow[],
  at: Date,
): Promise<void> {
  transaction.write(
    `insert into operations (tenant_id, id, payment_id, kind, connector, reference, original_reference, by_page, currency, amount,
       reason, parameters, sent_at, next_inquiry_at, attempt_ends_at, card_id, sends, status, created_at)
     select given.*, case when sent_at is null then 0 else 1 end, 'intended', $17::timestamptz
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::boolean[], $9::text[],
       $10::bigint[], $11::text[], $12::jsonb[], $13::timestamptz[], $14::timestamptz[], $15::timestamptz[], $16::uuid[])
       as given (tenant_id, id, payment_id, kind, connector, reference, original_reference, by_page, currency, amount, reason,
         parameters, sent_at, next_inquiry_at, attempt_ends_at, card_id)`,
    [
      rows.map((row) => row.tenantId),
      rows.map((row) => row.id),
      rows.map((row) => row.paymentId),
      rows.map((row) => row.kind),
      rows.map((row) => row.connector),
      rows.map((row) => row.reference),
      rows.map((row) => row.originalReference),
      rows.map((row) => row.byPage),
      rows.map((row) => row.currency),
      rows.map((row) => row.amount),
      rows.map((row) => row.reason),
      rows.map((row) => JSON.stringify(row.parameters)),
      rows.map((row) => row.sentAt),
      rows.map((row) => row.nextInquiryAt),
      rows.map((row) => row.attemptEndsAt),
      rows.map((row) => row.cardId),
      at,
    ],
    'insert-operations',
  );
}

export async function selectOperation(
  queryable: Queryable,
  tenantId: TenantId,
  id: OperationId,
): Promise<Operation | undefined> {
  const rows = await queryable.query<Operation>(
    `select ${columns} from operations o where o.tenant_id = $1 and o.id = $2`,
    [tenantId, id],
  );
  return rows[0];
}

export async function selectByReference(
  queryable: Queryable,
  tenantId: TenantId,
  connector: string,
  reference: string,
): Promise<Operation | undefined> {
  const rows = await queryable.query<Operation>(
    `select ${columns} from operations o where o.tenant_id = $1 and o.connector = $2 and o.reference = $3`,
    [tenantId, connector, reference],
    'select-operation-by-reference',
  );
  return rows[0];
}

export async function selectByPayments(
  queryable: Queryable,
  tenantId: TenantId,
  paymentIds: readonly PaymentId[],
): Promise<Operation[]> {
  return queryable.query<Operation>(
    `select ${columns} from operations o where o.tenant_id = $1 and o.payment_id = any($2::uuid[]) order by o.created_at, o.id`,
    [tenantId, paymentIds],
  );
}

export async function lockOperation(
  transaction: Transaction,
  tenantId: TenantId,
  id: OperationId,
): Promise<Operation | undefined> {
  const rows = await transaction.query<Operation>(
    `select ${columns} from operations o where o.tenant_id = $1 and o.id = $2 for update`,
    [tenantId, id],
  );
  return rows[0];
}

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

/** Whoever asked first is kept: it is their wish that the processor was told. */
export async function updateCancelAsked(
  queryable: Queryable,
  tenantId: TenantId,
  id: OperationId,
  by: 'payer' | 'tenant',
): Promise<void> {
  await queryable.query(
    `update operations set cancel_asked_by = coalesce(cancel_asked_by, $3)
     where tenant_id = $1 and id = $2 and resolved_at is null`,
    [tenantId, id, by],
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

export async function updatePage(
  transaction: Transaction,
  operation: Operation,
  pageUrl: string,
  nextInquiryAt: Date,
): Promise<void> {
  transaction.write(
    `update operations set status = 'awaiting-payer', page_url = $3, next_inquiry_at = $4
     where tenant_id = $1 and id = $2 and status in ('intended', 'unknown')`,
    [operation.tenantId, operation.id, pageUrl, nextInquiryAt],
  );
}

export interface Resolution {
  readonly status: OperationStatus;
  readonly processorReference: string | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly card: unknown;
  /** Where the payer goes on, where the processor has said so just now. */
  readonly pageUrl: string | null;
  readonly resolvedAt: Date | null;
  readonly nextInquiryAt: Date;
}

export async function updateResolution(
  transaction: Transaction,
  operation: Operation,
  resolution: Resolution,
): Promise<void> {
  transaction.write(
    `update operations set status = $3, processor_reference = coalesce($4, processor_reference), code = $5, message = $6,
       card = coalesce($7, card), resolved_at = $8, next_inquiry_at = $9, page_url = coalesce($10, page_url),
       parameters = case when $8::timestamptz is null then parameters else parameters - $11::text[] end
     where tenant_id = $1 and id = $2`,
    [
      operation.tenantId,
      operation.id,
      resolution.status,
      resolution.processorReference,
      resolution.code,
      resolution.message,
      resolution.card === null ? null : JSON.stringify(resolution.card),
      resolution.resolvedAt,
      resolution.nextInquiryAt,
      resolution.pageUrl,
      personalParameters,
    ],
    'update-operation-resolution',
  );
}

export async function insertLateEvidence(
  transaction: Transaction,
  operation: Operation,
  evidence: unknown,
  at: Date,
): Promise<void> {
  transaction.write(
    `insert into late_evidence (tenant_id, operation_id, ordinal, evidence, at)
     select $1, $2, coalesce(max(ordinal), 0) + 1, $3, $4 from late_evidence where tenant_id = $1 and operation_id = $2`,
    [operation.tenantId, operation.id, JSON.stringify(evidence), at],
  );
}

/** Whether anything that was begun at a connector is not over. */
export async function selectAnyOpen(
  queryable: Queryable,
  tenantId: TenantId,
  connector: string,
): Promise<boolean> {
  const rows = await queryable.query(
    `select 1 from operations
     where tenant_id = $1 and connector = $2 and status in ('intended', 'awaiting-payer', 'unknown') limit 1`,
    [tenantId, connector],
  );
  return rows.length > 0;
}
