import type { Queryable, Transaction } from '#db/database.ts';
import { orderOf, whereOf } from '#db/filters.ts';
import type { LinkId, OperationId, TenantId } from '#kit/ids.ts';
import type { Search } from '#kit/search.ts';
import type { Postransaction } from './postransaction.ts';

/** The latest of what happened to the post-transaction itself and to its payment. */
const modified = `greatest(p.modified_at, (select max(t.at) from payment_transitions t
  where t.tenant_id = p.tenant_id and t.payment_id = l.payment_id))`;

const columns = `p.id, p.tenant_id as "tenantId", p.link_id as "linkId", p.external_id as "externalId",
  p.department_id as "departmentId", p.creator_id as "creatorId", p.client_id as "clientId", p.invoice_id as "invoiceId", p.prepayment,
  p.unsendable, p.refunded_id as "refundedId", p.aborted_at as "abortedAt", p.created_at as "createdAt",
  ${modified} as "modifiedAt", coalesce(r.amount, l.amount) as amount, l.currency,
  jsonb_build_object('token', l.token, 'status', l.status, 'smsStatus', l.sms_status,
    'distributedByEmail', l.distributed_by_email, 'paymentId', l.payment_id) as link, l.expires_at as "expiresAt",
  l.payment_id as "paymentId", coalesce(pay.refunded, 0) as refunded`;

const linkedPostransactions =
  'postransactions p join links l on l.tenant_id = p.tenant_id and l.id = p.link_id';

const tables = `${linkedPostransactions}
  left join payments pay on pay.tenant_id = l.tenant_id and pay.id = l.payment_id
  left join operations r on r.tenant_id = p.tenant_id and r.id = p.refund_operation_id`;

type Row = Omit<Postransaction, 'link'> & {
  readonly expiresAt: Date;
  readonly link: Omit<Postransaction['link'], 'expiresAt'>;
};

function toPostransaction({ expiresAt, link, ...rest }: Row): Postransaction {
  return { ...rest, link: { ...link, expiresAt } };
}

/** What a list may be filtered and ordered by, by the name the practice system has for it. */
export const listColumns = {
  id: { sql: 'p.id', type: 'bigint' },
  created: { sql: 'p.created_at', type: 'timestamptz' },
  modified: { sql: 'p.modified_at', type: 'timestamptz' },
  aborted: { sql: 'p.aborted_at', type: 'timestamptz' },
  invoice: { sql: 'p.invoice_id', type: 'bigint' },
  department: { sql: 'p.department_id', type: 'bigint' },
  creator: { sql: 'p.creator_id', type: 'bigint' },
  refunded_transaction: { sql: 'p.refunded_id', type: 'bigint' },
  'payment_link.external_id': { sql: 'p.external_id', type: 'text' },
  'payment_link.payment_status': {
    sql: `case l.status when 'created' then 1 when 'expired' then 3 when 'cancelled' then 4 else 5 end`,
    type: 'bigint',
  },
} as const;

export interface NewPostransaction
  extends Pick<
    Postransaction,
    | 'tenantId'
    | 'id'
    | 'linkId'
    | 'externalId'
    | 'departmentId'
    | 'creatorId'
    | 'clientId'
    | 'invoiceId'
    | 'prepayment'
    | 'unsendable'
    | 'createdAt'
  > {}

/** Numbers for post-transactions that are about to be written, of which nobody else gets any. */
export async function takeIds(transaction: Transaction, count: number): Promise<bigint[]> {
  const rows = await transaction.query<{ id: bigint }>(
    `select nextval(pg_get_serial_sequence('postransactions', 'id')) as id from generate_series(1, (select $1::int))`,
    [count],
    'take-postransaction-ids',
  );
  return rows.map(({ id }) => id);
}

export async function insertPostransactions(
  transaction: Transaction,
  rows: readonly NewPostransaction[],
): Promise<void> {
  transaction.write(
    `insert into postransactions (tenant_id, id, link_id, external_id, department_id, creator_id, client_id, invoice_id,
       prepayment, unsendable, created_at, modified_at)
     select tenant_id, id, link_id, external_id, department_id, creator_id, client_id, invoice_id, prepayment, unsendable, at, at
     from unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::uuid[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
       $9::text[], $10::boolean[], $11::timestamptz[])
       as given (tenant_id, id, link_id, external_id, department_id, creator_id, client_id, invoice_id, prepayment, unsendable, at)`,
    [
      rows.map((row) => row.tenantId),
      rows.map((row) => row.id),
      rows.map((row) => row.linkId),
      rows.map((row) => row.externalId),
      rows.map((row) => row.departmentId),
      rows.map((row) => row.creatorId),
      rows.map((row) => row.clientId),
      rows.map((row) => row.invoiceId),
      rows.map((row) => row.prepayment),
      rows.map((row) => row.unsendable),
      rows.map((row) => row.createdAt),
    ],
    'insert-postransactions',
  );
}

/** Writes the second post-transaction of a refund, where its payment paid the link of a first. */
export async function insertRefund(
  transaction: Transaction,
  refund: { tenantId: TenantId; linkId: LinkId; operationId: OperationId; externalId: string; at: Date },
): Promise<void> {
  transaction.write(
    `insert into postransactions (tenant_id, link_id, external_id, department_id, creator_id, client_id, invoice_id, prepayment,
       refunded_id, refund_operation_id, created_at, modified_at)
     select tenant_id, link_id, $4, department_id, creator_id, client_id, invoice_id, prepayment, id, $3, $5, $5
     from postransactions where tenant_id = $1 and link_id = $2 and refunded_id is null
     on conflict (tenant_id, refund_operation_id) where refund_operation_id is not null do nothing`,
    [refund.tenantId, refund.linkId, refund.operationId, refund.externalId, refund.at],
    'insert-postransaction-refund',
  );
}

export async function selectPostransaction(
  queryable: Queryable,
  tenantId: TenantId,
  id: bigint,
): Promise<Postransaction | undefined> {
  const rows = await queryable.query<Row>(
    `select ${columns} from ${tables} where p.tenant_id = $1 and p.id = $2`,
    [tenantId, id],
    'select-postransaction',
  );
  return rows.map(toPostransaction)[0];
}

export async function selectPostransactionsByIds(
  queryable: Queryable,
  tenantId: TenantId,
  ids: readonly bigint[],
): Promise<Postransaction[]> {
  const rows = await queryable.query<Row>(
    `select ${columns} from ${tables} where p.tenant_id = $1 and p.id = any($2::bigint[])`,
    [tenantId, ids],
  );
  return rows.map(toPostransaction);
}

/**
 * A page of them. Rows that are passed over are read from an index alone; links and payments are joined to those of the
 * page, so that the ten thousandth page costs hardly more than the first (decision 0023).
 */
export async function selectPostransactions(
  queryable: Queryable,
  tenantId: TenantId,
  search: Search & { limit: number; offset: number },
): Promise<Postransaction[]> {
  const where = whereOf(search, 4);
  const order = orderOf(search, 'p.id');
  const rows = await queryable.query<Row>(
    `with page as materialized (
       select p.id from ${searchedTables(search)}
       where p.tenant_id = $1 and ${where.sql} order by ${order} limit $2 offset $3)
     select ${columns} from page cross join ${tables}
     where p.tenant_id = $1 and p.id = page.id order by ${order}`,
    [tenantId, search.limit, search.offset, ...where.values],
  );
  return rows.map(toPostransaction);
}

export async function countPostransactions(
  queryable: Queryable,
  tenantId: TenantId,
  search: Search,
): Promise<number> {
  const where = whereOf(search, 2);
  const [row] = await queryable.query<{ count: number }>(
    `select count(*)::int as count from ${searchedTables(search)} where p.tenant_id = $1 and ${where.sql}`,
    [tenantId, ...where.values],
  );
  return row?.count ?? 0;
}

/** Every post-transaction has a link, so the link is read only where the search names what is the link's. */
function searchedTables({ filters, always = [], order }: Search): string {
  const namesLink = [...filters, ...always, ...order].some(
    ({ column }) => column === listColumns['payment_link.payment_status'],
  );
  return namesLink ? linkedPostransactions : 'postransactions p';
}

export async function updateAborted(
  transaction: Transaction,
  tenantId: TenantId,
  id: bigint,
  at: Date,
): Promise<void> {
  transaction.write(
    'update postransactions set aborted_at = $3, modified_at = $3 where tenant_id = $1 and id = $2',
    [tenantId, id, at],
  );
}

/** Which invoice a link is for, if it is for one. */
export async function selectInvoiceOfLink(
  queryable: Queryable,
  tenantId: TenantId,
  linkId: LinkId,
): Promise<bigint | undefined> {
  const rows = await queryable.query<{ invoiceId: bigint }>(
    `select invoice_id as "invoiceId" from postransactions
     where tenant_id = $1 and link_id = $2 and invoice_id is not null and refunded_id is null`,
    [tenantId, linkId],
    'select-invoice-of-link',
  );
  return rows[0]?.invoiceId;
}

/** What a link was made for. */
export async function selectOfLink(
  queryable: Queryable,
  tenantId: TenantId,
  linkId: LinkId,
): Promise<Pick<Postransaction, 'id' | 'departmentId' | 'invoiceId'> | undefined> {
  const rows = await queryable.query<Pick<Postransaction, 'id' | 'departmentId' | 'invoiceId'>>(
    `select id, department_id as "departmentId", invoice_id as "invoiceId" from postransactions
     where tenant_id = $1 and link_id = $2 and refunded_id is null`,
    [tenantId, linkId],
    'select-postransaction-of-link',
  );
  return rows[0];
}

/** Whose link it is, as the practice system knows its clients. */
export async function selectClientOfLink(
  queryable: Queryable,
  tenantId: TenantId,
  linkId: LinkId,
): Promise<bigint | undefined> {
  const rows = await queryable.query<{ clientId: bigint }>(
    `select client_id as "clientId" from postransactions
     where tenant_id = $1 and link_id = $2 and refunded_id is null`,
    [tenantId, linkId],
    'select-client-of-link',
  );
  return rows[0]?.clientId;
}

/** Of each invoice, minor units that were paid by links and kept, and that are being paid just now. */
export async function selectPaid(
  queryable: Queryable,
  invoices: readonly { readonly tenantId: TenantId; readonly id: bigint }[],
): Promise<{ tenantId: TenantId; invoiceId: bigint; paid: bigint; underWay: bigint }[]> {
  return queryable.query(
    `select p.tenant_id as "tenantId", p.invoice_id as "invoiceId",
       coalesce(sum(pay.captured - pay.refunded) filter (where pay.id = l.payment_id), 0)::bigint as paid,
       coalesce(sum(l.amount) filter (where l.active_payment_id is not null), 0)::bigint as "underWay"
     from postransactions p join links l on l.tenant_id = p.tenant_id and l.id = p.link_id
       left join payments pay on pay.tenant_id = l.tenant_id and pay.id = l.payment_id
     where (p.tenant_id, p.invoice_id) in (select * from unnest($1::uuid[], $2::bigint[])) and p.refunded_id is null
     group by p.tenant_id, p.invoice_id`,
    [invoices.map(({ tenantId }) => tenantId), invoices.map(({ id }) => id)],
    'select-paid-of-invoices',
  );
}

/** Ids of the post-transactions of invoices, oldest first. */
export async function selectIdsOfInvoices(
  queryable: Queryable,
  tenantId: TenantId,
  invoiceIds: readonly bigint[],
): Promise<{ invoiceId: bigint; id: bigint }[]> {
  return queryable.query(
    `select invoice_id as "invoiceId", id from postransactions
     where tenant_id = $1 and invoice_id = any($2::bigint[]) order by id`,
    [tenantId, invoiceIds],
  );
}
