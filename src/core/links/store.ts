import type { Queryable, Transaction } from '#db/database.ts';
import { selectPage } from '#db/select-page.ts';
import type { LinkId, MessageId, PaymentId, TenantId } from '#kit/ids.ts';
import type { Page } from '#kit/page.ts';
import type { Link, LinkStatus, SmsStatus } from './link.ts';

const columns = `l.id, l.tenant_id as "tenantId", l.token, l.order_id as "orderId", l.customer_id as "customerId", l.origin, l.status,
  l.currency, l.amount, l.items, l.methods, l.particulars, l.due_date as "dueDate", l.expires_at as "expiresAt",
  l.callback_url as "callbackUrl", l.sms_status as "smsStatus", l.distributed_by_email as "distributedByEmail",
  l.invoice_created as "invoiceCreated", l.ocr, l.active_payment_id as "activePaymentId", l.payment_id as "paymentId", l.version,
  l.created_at as "createdAt"`;

export async function insertLinks(transaction: Transaction, rows: readonly Link[]): Promise<void> {
  transaction.write(
    `insert into links (tenant_id, id, token, order_id, customer_id, origin, status, currency, amount, items, methods, particulars,
       due_date, expires_at, callback_url, created_at)
     select tenant_id, id, token, order_id, customer_id, origin, 'created', currency, amount, items, methods, particulars, due_date,
       expires_at, callback_url, created_at
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::bigint[], $9::jsonb[],
       $10::jsonb[], $11::jsonb[], $12::date[], $13::timestamptz[], $14::text[], $15::timestamptz[])
       as given (tenant_id, id, token, order_id, customer_id, origin, currency, amount, items, methods, particulars, due_date,
         expires_at, callback_url, created_at)`,
    [
      rows.map((row) => row.tenantId),
      rows.map((row) => row.id),
      rows.map((row) => row.token),
      rows.map((row) => row.orderId),
      rows.map((row) => row.customerId),
      rows.map((row) => row.origin),
      rows.map((row) => row.currency),
      rows.map((row) => row.amount),
      rows.map((row) => JSON.stringify(row.items)),
      rows.map((row) => JSON.stringify(row.methods)),
      rows.map((row) => JSON.stringify(row.particulars)),
      rows.map((row) => row.dueDate),
      rows.map((row) => row.expiresAt),
      rows.map((row) => row.callbackUrl),
      rows.map((row) => row.createdAt),
    ],
    'insert-links',
  );
}

export async function selectLink(
  queryable: Queryable,
  tenantId: TenantId,
  id: LinkId,
): Promise<Link | undefined> {
  const rows = await queryable.query<Link>(
    `select ${columns} from links l where l.tenant_id = $1 and l.id = $2`,
    [tenantId, id],
    'select-link',
  );
  return rows[0];
}

/** By the payer's token, which alone says whose link it is. */
export async function selectLinkByToken(queryable: Queryable, token: string): Promise<Link | undefined> {
  const rows = await queryable.query<Link>(
    `select ${columns} from links l where l.token = $1`,
    [token],
    'select-link-by-token',
  );
  return rows[0];
}

export async function selectLinks(queryable: Queryable, tenantId: TenantId, page: Page): Promise<Link[]> {
  return selectPage<Link>(
    queryable,
    {
      sql: `select ${columns} from links l where l.tenant_id = $1`,
      parameters: [tenantId],
      by: ['l.created_at', 'l.id'],
    },
    page,
  );
}

/** The row lock that every attempt to pay, cancel or complete a link begins with. */
export async function lockLink(
  transaction: Transaction,
  tenantId: TenantId,
  id: LinkId,
): Promise<Link | undefined> {
  const rows = await transaction.query<Link>(
    `select ${columns} from links l where l.tenant_id = $1 and l.id = $2 for update`,
    [tenantId, id],
    'lock-link',
  );
  return rows[0];
}

/** Moves a link on, compare-and-set on its version. */
export async function updateLinkStatus(
  transaction: Transaction,
  link: Link,
  change: { status: LinkStatus; paymentId: PaymentId | null },
): Promise<Link | undefined> {
  const rows = await transaction.query<Link>(
    `update links l set status = $4, payment_id = $5, version = version + 1,
       active_payment_id = case when $5::uuid is null then active_payment_id else null end
     where l.tenant_id = $1 and l.id = $2 and l.version = $3 returning ${columns}`,
    [link.tenantId, link.id, link.version, change.status, change.paymentId],
    'update-link-status',
  );
  return rows[0];
}

export async function updateActivePayment(
  transaction: Transaction,
  link: Link,
  paymentId: PaymentId | null,
): Promise<void> {
  transaction.write(
    'update links set active_payment_id = $3 where tenant_id = $1 and id = $2',
    [link.tenantId, link.id, paymentId],
    'update-active-payment',
  );
}

export async function updateInvoice(
  transaction: Transaction,
  link: Pick<Link, 'tenantId' | 'id'>,
  ocr: string,
): Promise<void> {
  transaction.write('update links set invoice_created = true, ocr = $3 where tenant_id = $1 and id = $2', [
    link.tenantId,
    link.id,
    ocr,
  ]);
}

export async function updateDistribution(
  transaction: Transaction,
  tenantId: TenantId,
  id: LinkId,
  change: { smsStatus: SmsStatus | null; byEmail: boolean },
): Promise<void> {
  transaction.write(
    `update links set sms_status = coalesce($3, sms_status), distributed_by_email = distributed_by_email or $4
     where tenant_id = $1 and id = $2`,
    [tenantId, id, change.smsStatus, change.byEmail],
    'update-link-distribution',
  );
}

/** What falls due of a link: the end of its time, or that its payer is reminded. */
type DueColumn = 'expires_at' | 'next_reminder_at';

/** Open links of which this is due by now in their tenant's own time, locked; one that somebody holds is left for later. */
export async function lockDueLinks(
  transaction: Transaction,
  due: DueColumn,
  page: { wallNow: Date; limit: number; tenantId: TenantId | null },
): Promise<Link[]> {
  return transaction.query<Link>(
    `select ${columns} from links l where (l.tenant_id, l.id) in (
       select due.tenant_id, due.id from tenants t cross join lateral (
         select d.tenant_id, d.id from links d
         where d.tenant_id = t.id and d.status = 'created'
           and d.${due} <= $1::timestamptz + t.clock_offset_ms * interval '1 millisecond'
         order by d.${due} limit $2) due
       where $3::uuid is null or t.id = $3
       limit $2)
     and l.status = 'created'
     for update of l skip locked`,
    [page.wallNow, page.limit, page.tenantId],
    `lock-links-by-${due}`,
  );
}

/** When this is next due of one of the tenant's open links. */
export async function selectNextDue(
  queryable: Queryable,
  due: DueColumn,
  tenantId: TenantId,
  after: Date,
): Promise<Date | null> {
  const rows = await queryable.query<{ at: Date | null }>(
    `select min(${due}) as at from links where tenant_id = $1 and status = 'created' and ${due} > $2`,
    [tenantId, after],
  );
  return rows[0]?.at ?? null;
}

/** What is known of a link's SMS, if no later one was sent. */
export async function updateSmsStatus(
  queryable: Queryable,
  tenantId: TenantId,
  id: LinkId,
  news: { messageId: MessageId; status: SmsStatus },
): Promise<void> {
  await queryable.query(
    `update links set sms_status = $4 where tenant_id = $1 and id = $2 and not exists (
       select 1 from messages told join messages later on later.tenant_id = told.tenant_id and later.link_id = told.link_id
       where told.tenant_id = $1 and told.id = $3 and later.medium = 'sms' and later.created_at > told.created_at)`,
    [tenantId, id, news.messageId, news.status],
  );
}

export async function updateNextReminder(
  transaction: Transaction,
  { tenantId, id }: Pick<Link, 'tenantId' | 'id'>,
  at: Date | null,
): Promise<void> {
  transaction.write(
    'update links set next_reminder_at = $3 where tenant_id = $1 and id = $2',
    [tenantId, id, at],
    'update-next-reminder',
  );
}
