import type { Queryable, Transaction } from '#db/database.ts';
import { withoutNumbers } from '#db/rows-together.ts';
import { selectByKeys, selectForEach } from '#db/select-for-each.ts';
import { selectPage } from '#db/select-page.ts';
import type { ClaimId, CustomerId, LinkId, OrderId, PaymentId, TenantId } from '#kit/ids.ts';
import type { Page } from '#kit/page.ts';
import type { Payment, PaymentParticulars, PaymentStatus } from './payment.ts';

/** A payment's row, named as Payment names it. */
export const paymentColumns = `id, tenant_id as "tenantId", order_id as "orderId", link_id as "linkId", claim_id as "claimId", customer_id as "customerId",
  subscription_id as "subscriptionId", origin, connector, method, status, currency,
  amount, captured, capturing, refunding, refunded, particulars, callback_url as "callbackUrl", superseded,
  authorisation_ms as "authorisationMs", lapses_at as "lapsesAt", version, created_at as "createdAt"`;

export async function insertPayments(transaction: Transaction, rows: readonly Payment[]): Promise<void> {
  transaction.write(
    `with made as (
       insert into payments (tenant_id, id, order_id, link_id, origin, connector, method, status, currency, amount, particulars,
         callback_url, authorisation_ms, created_at, customer_id, subscription_id, claim_id)
       select tenant_id, id, order_id, link_id, origin, connector, method, 'initiated', currency, amount, particulars, callback_url,
         authorisation_ms, created_at, customer_id, subscription_id, claim_id
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[],
         $10::jsonb[], $11::text[], $12::int[], $13::timestamptz[], $14::uuid[], $15::uuid[], $16::uuid[])
         as given (tenant_id, id, order_id, link_id, origin, connector, method, currency, amount, particulars, callback_url,
           authorisation_ms, created_at, customer_id, subscription_id, claim_id)
       returning tenant_id, id, created_at)
     insert into payment_transitions (tenant_id, payment_id, version, to_status, reason, at)
     select tenant_id, id, 1, 'initiated', 'created', created_at from made`,
    [
      rows.map((row) => row.tenantId),
      rows.map((row) => row.id),
      rows.map((row) => row.orderId),
      rows.map((row) => row.linkId),
      rows.map((row) => row.origin),
      rows.map((row) => row.connector),
      rows.map((row) => row.method),
      rows.map((row) => row.currency),
      rows.map((row) => row.amount),
      rows.map((row) => JSON.stringify(row.particulars)),
      rows.map((row) => row.callbackUrl),
      rows.map((row) => row.authorisationMs),
      rows.map((row) => row.createdAt),
      rows.map((row) => row.customerId),
      rows.map((row) => row.subscriptionId),
      rows.map((row) => row.claimId),
    ],
    'insert-payments',
  );
}

const key = { tenant: 'uuid', payment: 'uuid' } as const;
const byKey = `select ${paymentColumns} from payments where tenant_id = g.tenant and id = g.payment`;
const lockedByKey = `${byKey} for update`;
const paymentForEach = selectForEach(key, byKey);
const paymentForEachLocked = selectForEach(key, lockedByKey);
const paymentsByKeys = selectByKeys(key, byKey);
const paymentsLocked = selectByKeys(key, lockedByKey);

export async function selectPayment(
  queryable: Queryable,
  tenantId: TenantId,
  id: PaymentId,
): Promise<Payment | undefined> {
  const rows = await queryable.queryRows<Payment>(paymentForEach, [[tenantId], [id]], 'select-payments');
  return withoutNumbers(rows)[0];
}

export type PaymentKey = Pick<Payment, 'tenantId' | 'id'>;

export interface PaymentFilter {
  readonly orderId?: OrderId;
  readonly statuses?: readonly PaymentStatus[];
  /** Instants of the tenant's time; from is inclusive, to exclusive. */
  readonly from?: Date;
  readonly to?: Date;
  /** What the façade was given has these properties. */
  readonly given?: Readonly<Record<string, unknown>>;
  /** Whether a refund was ever asked for. */
  readonly hasRefunds?: boolean;
}

export async function selectPayments(
  queryable: Queryable,
  tenantId: TenantId,
  filter: PaymentFilter,
  page: Page,
): Promise<Payment[]> {
  const { orderId = null, statuses = null, from = null, to = null, given = null, hasRefunds = null } = filter;
  return selectPage<Payment>(
    queryable,
    {
      sql: `select ${paymentColumns} from payments p where tenant_id = $1 and ($2::uuid is null or order_id = $2)
        and ($3::text[] is null or status = any($3)) and ($4::timestamptz is null or created_at >= $4)
        and ($5::timestamptz is null or created_at < $5)
        and ($6::jsonb is null or particulars @> jsonb_build_object('given', $6::jsonb))
        and ($7::boolean is null or $7 = exists (
          select 1 from operations o where o.tenant_id = $1 and o.payment_id = p.id and o.kind = 'refund'))`,
      parameters: [tenantId, orderId, statuses, from, to, given && JSON.stringify(given), hasRefunds],
      by: ['created_at', 'id'],
    },
    page,
  );
}

export async function selectPaymentsOfCustomer(
  queryable: Queryable,
  tenantId: TenantId,
  customerId: CustomerId,
  page: { offset: number; limit: number },
): Promise<Payment[]> {
  return queryable.query<Payment>(
    `select ${paymentColumns} from payments where tenant_id = $1 and customer_id = $2
     order by created_at, id offset $3 limit $4`,
    [tenantId, customerId, page.offset, page.limit],
  );
}

/** The latest attempt to pay a link or a claim. */
export async function selectLatestOf(
  queryable: Queryable,
  tenantId: TenantId,
  column: 'link_id' | 'claim_id',
  id: LinkId | ClaimId,
): Promise<Payment | undefined> {
  const rows = await queryable.query<Payment>(
    `select ${paymentColumns} from payments where tenant_id = $1 and ${column} = $2 order by created_at desc, id desc limit 1`,
    [tenantId, id],
    `select-latest-payment-by-${column}`,
  );
  return rows[0];
}

/** The payment by which deposits for a link are gathered, where some have come and it is not over; locked. */
export async function lockFundedOfLink(
  transaction: Transaction,
  tenantId: TenantId,
  linkId: LinkId,
): Promise<Payment | undefined> {
  const rows = await transaction.query<Payment>(
    `select ${paymentColumns} from payments where tenant_id = $1 and link_id = $2 and status in ('underfunded', 'funded', 'overfunded')
     for update`,
    [tenantId, linkId],
  );
  return rows[0];
}

export async function selectFundedOfLink(
  queryable: Queryable,
  tenantId: TenantId,
  linkId: LinkId,
): Promise<Payment | undefined> {
  const rows = await queryable.query<Payment>(
    `select ${paymentColumns} from payments where tenant_id = $1 and link_id = $2 and status in ('underfunded', 'funded', 'overfunded')`,
    [tenantId, linkId],
  );
  return rows[0];
}

/** Has a payment that the caller holds ask for another amount, told in other words. */
export async function updateAsked(
  transaction: Transaction,
  payment: Payment,
  asked: Pick<Payment, 'amount' | 'particulars'>,
): Promise<void> {
  transaction.write('update payments set amount = $3, particulars = $4 where tenant_id = $1 and id = $2', [
    payment.tenantId,
    payment.id,
    asked.amount,
    JSON.stringify(asked.particulars),
  ]);
}

/** Some payments, in no particular order; one that is named twice is answered once. */
export async function selectPaymentsById(
  queryable: Queryable,
  ids: readonly PaymentKey[],
): Promise<Payment[]> {
  return queryable.query<Payment>(
    paymentsByKeys,
    [ids.map(({ tenantId }) => tenantId), ids.map(({ id }) => id)],
    'select-payments-by-id',
  );
}

/** The same, each locked until the transaction ends; in one order of ids, so that nobody deadlocks. */
export async function lockPayments(transaction: Transaction, ids: readonly PaymentKey[]): Promise<Payment[]> {
  return transaction.query<Payment>(
    paymentsLocked,
    [ids.map(({ tenantId }) => tenantId), ids.map(({ id }) => id)],
    'lock-payments',
  );
}

/** The row lock every change of a payment's totals begins with. */
export async function lockPayment(
  transaction: Transaction,
  tenantId: TenantId,
  id: PaymentId,
): Promise<Payment | undefined> {
  const rows = await transaction.queryRows<Payment>(paymentForEachLocked, [[tenantId], [id]], 'lock-payment');
  return withoutNumbers(rows)[0];
}

/** All payments of an order, each locked until the transaction ends; in one order of ids, so that nobody deadlocks. */
export async function lockPaymentsOf(
  transaction: Transaction,
  tenantId: TenantId,
  orderId: OrderId,
): Promise<Payment[]> {
  return transaction.query<Payment>(
    `select ${paymentColumns} from payments where tenant_id = $1 and order_id = $2 order by id for update`,
    [tenantId, orderId],
  );
}

/** What is only carried of a payment. Not a step of its own: the version counts those. */
export async function updateParticulars(
  transaction: Transaction,
  payment: Payment,
  particulars: PaymentParticulars,
): Promise<void> {
  transaction.write('update payments set particulars = $3 where tenant_id = $1 and id = $2', [
    payment.tenantId,
    payment.id,
    JSON.stringify(particulars),
  ]);
}
