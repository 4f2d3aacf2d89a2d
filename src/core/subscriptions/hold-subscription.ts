import type { Queryable, Transaction } from '#db/database.ts';
import { notFound } from '#kit/errors.ts';
import { isUuid, type PaymentId, type SubscriptionId, type TenantId } from '#kit/ids.ts';
import { selectAttempt, selectAttempts } from './attempts/store.ts';
import { lockSubscription } from './store.ts';
import type { Attempt, Subscription } from './subscription.ts';

/** The tenant's plan of this id, locked until the transaction ends. An unknown id and another tenant's are `not_found`. */
export async function holdSubscription(
  transaction: Transaction,
  tenantId: TenantId,
  id: string,
): Promise<Subscription> {
  const held = isUuid(id) ? await lockSubscription(transaction, tenantId, id as SubscriptionId) : undefined;
  if (held === undefined) throw notFound('subscription');
  return held;
}

/** A plan with the attempt that a payment of it is; a payment that only validates a new card is none. */
export interface HeldPlan {
  readonly subscription: Subscription;
  readonly attempt: Attempt | undefined;
  /** Whether the attempt's cycle is paid, or being paid, by another one. */
  readonly isPaidOtherwise: boolean;
}

/** Locks the plan a payment belongs to, which the caller knows to exist. */
export async function holdPlan(
  transaction: Transaction,
  tenantId: TenantId,
  subscriptionId: SubscriptionId,
  paymentId: PaymentId,
): Promise<HeldPlan> {
  const subscription = await holdSubscription(transaction, tenantId, subscriptionId);
  const attempt = await selectAttempt(transaction, tenantId, paymentId);
  if (attempt === undefined || attempt.status === 'open')
    return { subscription, attempt, isPaidOtherwise: false };
  const others = await selectAttempts(transaction, tenantId, subscriptionId, attempt.cycle);
  const isPaidOtherwise = others.some(
    (one) => one.paymentId !== paymentId && (one.status === 'open' || one.status === 'paid'),
  );
  return { subscription, attempt, isPaidOtherwise };
}

/** The attempt of a plan that is under way, if there is one. */
export async function findOpenAttempt(
  queryable: Queryable,
  subscription: Subscription,
): Promise<Attempt | undefined> {
  const attempts = await selectAttempts(
    queryable,
    subscription.tenantId,
    subscription.id,
    subscription.nextCycle,
  );
  return attempts.find(({ status }) => status === 'open');
}
