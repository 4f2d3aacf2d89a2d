import type { Queryable, Transaction } from '#db/database.ts';
import type { PaymentId, SubscriptionId, TenantId } from '#kit/ids.ts';
import type { Attempt, AttemptStatus, PlanPayment } from '../subscription.ts';

/** Writes attempts that are under way, each the next one of its cycle. The caller holds the plans. */
export async function insertAttempts(
  transaction: Transaction,
  rows: readonly {
    tenantId: TenantId;
    subscriptionId: SubscriptionId;
    cycle: number;
    paymentId: PaymentId;
    at: Date;
  }[],
): Promise<void> {
  transaction.write(
    `insert into subscription_attempts (tenant_id, subscription_id, cycle, attempt, payment_id, status, at)
     select tenant_id, subscription_id, cycle,
       1 + (select count(*) from subscription_attempts a where a.tenant_id = given.tenant_id
              and a.subscription_id = given.subscription_id and a.cycle = given.cycle), payment_id, 'open', at
     from unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[], $5::timestamptz[])
       as given (tenant_id, subscription_id, cycle, payment_id, at)`,
    [
      rows.map((row) => row.tenantId),
      rows.map((row) => row.subscriptionId),
      rows.map((row) => row.cycle),
      rows.map((row) => row.paymentId),
      rows.map((row) => row.at),
    ],
    'insert-subscription-attempts',
  );
}

export async function selectAttempts(
  queryable: Queryable,
  tenantId: TenantId,
  subscriptionId: SubscriptionId,
  cycle: number | null,
): Promise<Attempt[]> {
  return queryable.query<Attempt>(
    `select cycle, attempt, payment_id as "paymentId", status from subscription_attempts
     where tenant_id = $1 and subscription_id = $2 and ($3::int is null or cycle = $3) order by cycle, attempt`,
    [tenantId, subscriptionId, cycle],
    'select-subscription-attempts',
  );
}

export async function selectAttempt(
  queryable: Queryable,
  tenantId: TenantId,
  paymentId: PaymentId,
): Promise<Attempt | undefined> {
  const rows = await queryable.query<Attempt>(
    `select cycle, attempt, payment_id as "paymentId", status from subscription_attempts
     where tenant_id = $1 and payment_id = $2`,
    [tenantId, paymentId],
    'select-subscription-attempt',
  );
  return rows[0];
}

export async function updateAttempt(
  transaction: Transaction,
  tenantId: TenantId,
  paymentId: PaymentId,
  status: AttemptStatus,
): Promise<void> {
  transaction.write(
    'update subscription_attempts set status = $3 where tenant_id = $1 and payment_id = $2',
    [tenantId, paymentId, status],
    'update-subscription-attempt',
  );
}

const reached = `select p.subscription_id as "subscriptionId", p.id as "paymentId", p.created_at as at, p.amount,
    p.currency, o.status = 'approved' as approved
  from payments p join operations o on o.tenant_id = p.tenant_id and o.payment_id = p.id and o.kind = 'purchase'
  where p.tenant_id = $1 and p.subscription_id is not null and p.status <> 'aborted'
    and (o.status in ('approved', 'declined', 'unknown') or (o.status = 'intended' and not o.by_page))`;

export async function selectPaymentsOf(
  queryable: Queryable,
  tenantId: TenantId,
  ids: readonly SubscriptionId[],
): Promise<PlanPayment[]> {
  return queryable.query<PlanPayment>(
    `${reached} and p.subscription_id = any($2::uuid[]) order by p.created_at, p.id`,
    [tenantId, ids],
  );
}

export async function selectPaymentsIn(
  queryable: Queryable,
  tenantId: TenantId,
  range: { from: Date; until: Date },
  page: { offset: number; limit: number },
): Promise<PlanPayment[]> {
  return queryable.query<PlanPayment>(
    `${reached} and p.created_at >= $2 and p.created_at < $3 order by p.created_at, p.id offset $4 limit $5`,
    [tenantId, range.from, range.until, page.offset, page.limit],
  );
}
