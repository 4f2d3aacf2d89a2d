import type { Queryable, Transaction } from '#db/database.ts';
import { withoutNumbers } from '#db/rows-together.ts';
import { selectByKeys, selectForEach } from '#db/select-for-each.ts';
import { selectPage } from '#db/select-page.ts';
import type { OperationKind } from '#kit/connector.ts';
import type { OperationId, PaymentId, TenantId } from '#kit/ids.ts';
import type { Page } from '#kit/page.ts';
import { chargeKinds, type Operation, type OperationStatus, personalParameters } from './operation.ts';

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
  transaction.writeRows(
    `insert into operations (tenant_id, id, payment_id, kind, connector, reference, original_reference, by_page, currency, amount,
       reason, parameters, sent_at, next_inquiry_at, attempt_ends_at, card_id, created_at, sends, status)
     select given.*, case when sent_at is null then 0 else 1 end, 'intended'
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::boolean[], $9::text[],
       $10::bigint[], $11::text[], $12::jsonb[], $13::timestamptz[], $14::timestamptz[], $15::timestamptz[], $16::uuid[],
       $17::timestamptz[])
       as given (tenant_id, id, payment_id, kind, connector, reference, original_reference, by_page, currency, amount, reason,
         parameters, sent_at, next_inquiry_at, attempt_ends_at, card_id, created_at)`,
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
      rows.map(() => at),
    ],
    'insert-operations',
  );
}

const operationsById = selectForEach(
  { tenant: 'uuid', operation: 'uuid' },
  `select ${columns} from operations o where o.tenant_id = g.tenant and o.id = g.operation`,
);

export async function selectOperation(
  queryable: Queryable,
  tenantId: TenantId,
  id: OperationId,
): Promise<Operation | undefined> {
  const rows = await queryable.queryRows<Operation>(operationsById, [[tenantId], [id]], 'select-operations');
  return withoutNumbers(rows)[0];
}

const operationsByReference = selectByKeys(
  { tenant: 'uuid', connector: 'text', reference: 'text' },
  `select ${columns} from operations o
   where o.tenant_id = g.tenant and o.connector = g.connector and o.reference = g.reference`,
);

/** The operations that carry these references at these processors, in no particular order. */
export async function selectByReferences(
  queryable: Queryable,
  references: readonly Pick<Operation, 'tenantId' | 'connector' | 'reference'>[],
): Promise<Operation[]> {
  return queryable.query<Operation>(
    operationsByReference,
    [
      references.map(({ tenantId }) => tenantId),
      references.map(({ connector }) => connector),
      references.map(({ reference }) => reference),
    ],
    'select-operations-by-reference',
  );
}

const operationsByPayment = selectForEach(
  { tenant: 'uuid', payment: 'uuid' },
  `select ${columns} from operations o where o.tenant_id = g.tenant and o.payment_id = g.payment`,
  ['"createdAt"', 'id'],
);

export async function selectByPayments(
  queryable: Queryable,
  tenantId: TenantId,
  paymentIds: readonly PaymentId[],
): Promise<Operation[]> {
  const rows = await queryable.queryRows<Operation>(
    operationsByPayment,
    [paymentIds.map(() => tenantId), paymentIds],
    'select-operations-of-payments',
  );
  return withoutNumbers(rows);
}

/** What of a payment the processor approved first, of these kinds; however much followed it, one row is read. */
const firstApproved = (kinds: readonly OperationKind[]) =>
  selectForEach(
    { tenant: 'uuid', payment: 'uuid' },
    `select ${columns} from operations o where o.tenant_id = g.tenant and o.payment_id = g.payment and o.status = 'approved'
       and o.kind in (${kinds.map((kind) => `'${kind}'`).join(', ')})
     order by o.created_at, o.id limit 1`,
  );

const firstOf = {
  charge: firstApproved(chargeKinds),
  authorisation: firstApproved(['auth']),
} as const;

export async function selectFirstApproved(
  queryable: Queryable,
  tenantId: TenantId,
  paymentId: PaymentId,
  what: keyof typeof firstOf,
): Promise<Operation | undefined> {
  const rows = await queryable.queryRows<Operation>(
    firstOf[what],
    [[tenantId], [paymentId]],
    `select-first-${what}`,
  );
  return withoutNumbers(rows)[0];
}

/** Operations of which nobody knows whether they happened. */
export async function selectUnknown(
  queryable: Queryable,
  tenantId: TenantId,
  page: Page,
): Promise<Operation[]> {
  return selectPage<Operation>(
    queryable,
    {
      sql: `select ${columns} from operations o where o.tenant_id = $1 and o.status = 'unknown'`,
      parameters: [tenantId],
      by: ['o.created_at', 'o.id'],
    },
    page,
  );
}

const operationsLocked = selectByKeys(
  { tenant: 'uuid', operation: 'uuid' },
  `select ${columns} from operations o where o.tenant_id = g.tenant and o.id = g.operation for update`,
);

/** Each locked until the transaction ends; in one order of ids, so that nobody deadlocks. */
export async function lockOperations(
  transaction: Transaction,
  ids: readonly Pick<Operation, 'tenantId' | 'id'>[],
): Promise<Operation[]> {
  return transaction.query<Operation>(
    operationsLocked,
    [ids.map(({ tenantId }) => tenantId), ids.map(({ id }) => id)],
    'lock-operations',
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
  transaction.writeRows(
    `update operations o set status = g.status, processor_reference = coalesce(g.processor_reference, o.processor_reference),
       code = g.code, message = g.message, card = coalesce(g.card, o.card), resolved_at = g.resolved_at,
       next_inquiry_at = g.next_inquiry_at, page_url = coalesce(g.page_url, o.page_url),
       parameters = case when g.resolved_at is null then o.parameters else o.parameters - '{${personalParameters.join(',')}}'::text[] end
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::timestamptz[],
         $9::timestamptz[], $10::text[])
       as g (tenant_id, id, status, processor_reference, code, message, card, resolved_at, next_inquiry_at, page_url)
     where o.tenant_id = g.tenant_id and o.id = g.id`,
    [
      [operation.tenantId],
      [operation.id],
      [resolution.status],
      [resolution.processorReference],
      [resolution.code],
      [resolution.message],
      [resolution.card === null ? null : JSON.stringify(resolution.card)],
      [resolution.resolvedAt],
      [resolution.nextInquiryAt],
      [resolution.pageUrl],
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
