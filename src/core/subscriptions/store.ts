import type { Queryable, Transaction } from '#db/database.ts';
import type { CardId, CustomerId, SubscriptionId, TenantId } from '#kit/ids.ts';
import type { Subscription, SubscriptionStatus } from './subscription.ts';

const columns = `s.id, s.tenant_id as "tenantId", s.customer_id as "customerId", s.order_id as "orderId", s.card_id as "cardId", s.token,
  s.origin, s.status, s.description, s.every, s.interval_count as "intervalCount", s.currency, s.amount,
  s.initial_amount as "initialAmount", s.auto_renew as "autoRenew", s.redirect_url as "redirectUrl", s.zone, s.anchor_at as "anchorAt",
  s.next_cycle as "nextCycle", s.strikes, s.due_at as "dueAt", s.version, s.created_at as "createdAt"`;

/** Writes a plan and the first entry of its history. */
export async function insertSubscription(transaction: Transaction, row: Subscription): Promise<void> {
  transaction.write(
    `with made as (
       insert into subscriptions (tenant_id, id, customer_id, order_id, token, origin, status, description, every, interval_count,
         currency, amount, initial_amount, auto_renew, redirect_url, zone, created_at)
       values ($1, $2, $3, $4, $5, $6, 'new', $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
       returning tenant_id, id, created_at)
     insert into subscription_transitions (tenant_id, subscription_id, version, to_status, reason, at)
     select tenant_id, id, 1, 'new', 'created', created_at from made`,
    [
      row.tenantId,
      row.id,
      row.customerId,
      row.orderId,
      row.token,
      row.origin,
      row.description,
      row.every,
      row.intervalCount,
      row.currency,
      row.amount,
      row.initialAmount,
      row.autoRenew,
      row.redirectUrl,
      row.zone,
      row.createdAt,
    ],
  );
}

export async function selectSubscription(
  queryable: Queryable,
  tenantId: TenantId,
  id: SubscriptionId,
): Promise<Subscription | undefined> {
  const rows = await queryable.query<Subscription>(
    `select ${columns} from subscriptions s where s.tenant_id = $1 and s.id = $2`,
    [tenantId, id],
  );
  return rows[0];
}

export async function selectByToken(queryable: Queryable, token: string): Promise<Subscription | undefined> {
  const rows = await queryable.query<Subscription>(
    `select ${columns} from subscriptions s where s.token = $1`,
    [token],
  );
  return rows[0];
}

export async function selectOfCustomer(
  queryable: Queryable,
  tenantId: TenantId,
  customerId: CustomerId,
): Promise<Subscription[]> {
  return queryable.query<Subscription>(
    `select ${columns} from subscriptions s where s.tenant_id = $1 and s.customer_id = $2 order by s.created_at, s.id`,
    [tenantId, customerId],
  );
}

/** Plans that were made, or whose status changed, from `from` until before `until`. */
export async function selectChanged(
  queryable: Queryable,
  tenantId: TenantId,
  range: { from: Date; until: Date },
  page: { offset: number; limit: number },
): Promise<Subscription[]> {
  return queryable.query<Subscription>(
    `select ${columns} from subscriptions s
     where s.tenant_id = $1 and s.id in (
       select subscription_id from subscription_transitions where tenant_id = $1 and at >= $2 and at < $3)
     order by s.created_at, s.id offset $4 limit $5`,
    [tenantId, range.from, range.until, page.offset, page.limit],
  );
}

/** The row lock under which a plan is charged, changed and ended. Plans are locked before payments. */
export async function lockSubscription(
  transaction: Transaction,
  tenantId: TenantId,
  id: SubscriptionId,
): Promise<Subscription | undefined> {
  const rows = await transaction.query<Subscription>(
    `select ${columns} from subscriptions s where s.tenant_id = $1 and s.id = $2 for update`,
    [tenantId, id],
    'lock-subscription',
  );
  return rows[0];
}

/** Tenants with a plan that is due in their own time, the longest due first. */
export async function selectTenantsDue(
  queryable: Queryable,
  due: { wallNow: Date; limit: number; tenantId: TenantId | null },
): Promise<TenantId[]> {
  const rows = await queryable.query<{ id: TenantId }>(
    `select t.id from tenants t cross join lateral (
       select s.due_at from subscriptions s where s.tenant_id = t.id
         and s.due_at <= $1::timestamptz + t.clock_offset_ms * interval '1 millisecond' order by s.due_at limit 1) earliest
     where $3::uuid is null or t.id = $3 order by earliest.due_at limit $2`,
    [due.wallNow, due.limit, due.tenantId],
    'select-tenants-due',
  );
  return rows.map(({ id }) => id);
}

/** Plans of a tenant that are due, locked; those another process holds are passed over. */
export async function lockDue(
  transaction: Transaction,
  tenantId: TenantId,
  due: { at: Date; limit: number },
): Promise<Subscription[]> {
  return transaction.query<Subscription>(
    `select ${columns} from subscriptions s where s.tenant_id = $1 and s.due_at <= $2
     order by s.due_at limit $3 for update skip locked`,
    [tenantId, due.at, due.limit],
    'lock-due-subscriptions',
  );
}

export async function selectNextDue(
  queryable: Queryable,
  tenantId: TenantId,
  after: Date,
): Promise<Date | null> {
  const rows = await queryable.query<{ at: Date | null }>(
    'select min(due_at) as at from subscriptions where tenant_id = $1 and due_at > $2',
    [tenantId, after],
  );
  return rows[0]?.at ?? null;
}

/** Takes plans out of what is due: an attempt is under way. */
export async function updateUnderWay(
  transaction: Transaction,
  tenantId: TenantId,
  ids: readonly SubscriptionId[],
): Promise<void> {
  transaction.write(
    'update subscriptions set due_at = null where tenant_id = $1 and id = any($2::uuid[])',
    [tenantId, ids],
    'update-subscriptions-under-way',
  );
}

export type Progress = Pick<
  Subscription,
  'status' | 'cardId' | 'anchorAt' | 'nextCycle' | 'strikes' | 'dueAt' | 'autoRenew'
>;

/** Writes what changed of a plan that the caller holds; a new status is an entry of its history. */
export async function updateProgress(
  transaction: Transaction,
  subscription: Subscription,
  progress: Progress,
  change: { reason: string; at: Date },
): Promise<void> {
  transaction.write(
    `with moved as (
       update subscriptions set status = $3, card_id = $4, anchor_at = $5, next_cycle = $6, strikes = $7, due_at = $8, auto_renew = $9,
         version = version + case when status = $3 then 0 else 1 end
       where tenant_id = $1 and id = $2 returning tenant_id, id, version, status)
     insert into subscription_transitions (tenant_id, subscription_id, version, from_status, to_status, reason, at)
     select tenant_id, id, version, $10, status, $11, $12::timestamptz from moved where status <> $10`,
    [
      subscription.tenantId,
      subscription.id,
      progress.status,
      progress.cardId,
      progress.anchorAt,
      progress.nextCycle,
      progress.strikes,
      progress.dueAt,
      progress.autoRenew,
      subscription.status,
      change.reason,
      change.at,
    ],
    'update-subscription-progress',
  );
}

/** Has a plan that is not over paid from another card. */
export async function updateCard(
  transaction: Transaction,
  tenantId: TenantId,
  id: SubscriptionId,
  cardId: CardId,
): Promise<void> {
  transaction.write(
    `update subscriptions set card_id = $3
     where tenant_id = $1 and id = $2 and status in ('new', 'active', 'suspended')`,
    [tenantId, id, cardId],
  );
}

/** Has a customer's plans that are not over paid from another card. */
export async function updateCardOfAll(
  transaction: Transaction,
  tenantId: TenantId,
  customerId: CustomerId,
  cardId: CardId,
): Promise<void> {
  transaction.write(
    `update subscriptions set card_id = $3
     where tenant_id = $1 and customer_id = $2 and status in ('new', 'active', 'suspended')`,
    [tenantId, customerId, cardId],
  );
}

export async function selectLiveWithCard(
  queryable: Queryable,
  tenantId: TenantId,
  cardId: CardId,
): Promise<Subscription[]> {
  return queryable.query<Subscription>(
    `select ${columns} from subscriptions s
     where s.tenant_id = $1 and s.card_id = $2 and s.status in ('new', 'active', 'suspended') order by s.created_at`,
    [tenantId, cardId],
  );
}

export interface TransitionRow {
  readonly subscriptionId: SubscriptionId;
  readonly toStatus: SubscriptionStatus;
  readonly at: Date;
}

export async function selectTransitions(
  queryable: Queryable,
  tenantId: TenantId,
  ids: readonly SubscriptionId[],
): Promise<TransitionRow[]> {
  return queryable.query<TransitionRow>(
    `select subscription_id as "subscriptionId", to_status as "toStatus", at from subscription_transitions
     where tenant_id = $1 and subscription_id = any($2::uuid[]) order by subscription_id, version`,
    [tenantId, ids],
  );
}
