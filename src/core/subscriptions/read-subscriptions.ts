import { notFound } from '#kit/errors.ts';
import { type CustomerId, isUuid, type SubscriptionId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
import { selectPaymentsIn, selectPaymentsOf } from './attempts/store.ts';
import {
  selectByToken,
  selectChanged,
  selectOfCustomer,
  selectSubscription,
  selectTransitions,
  type TransitionRow,
} from './store.ts';
import type { PlanPayment, Subscription } from './subscription.ts';

/** A plan with its history and the payments that reached the processor. */
export interface SubscriptionRecord {
  readonly subscription: Subscription;
  readonly transitions: readonly TransitionRow[];
  readonly payments: readonly PlanPayment[];
}

type Means = Pick<Core, 'database'>;
type Owner = Pick<Tenant, 'id'>;

/** From `from` until before `until`, in the tenant's time. */
export interface Range {
  readonly from: Date;
  readonly until: Date;
}

interface Page {
  readonly offset: number;
  readonly limit: number;
}

/** One of the tenant's plans. An unknown id and another tenant's are the same `not_found`. */
export async function readSubscription(core: Means, tenant: Owner, id: string): Promise<SubscriptionRecord> {
  const found = isUuid(id)
    ? await selectSubscription(core.database, tenant.id, id as SubscriptionId)
    : undefined;
  const [record] = found === undefined ? [] : await withHistory(core, tenant, [found]);
  if (record === undefined) throw notFound('subscription');
  return record;
}

/** The plan whose payer's page has this address, if there is one. */
export async function findByToken(core: Means, token: string): Promise<Subscription | undefined> {
  return selectByToken(core.database, token);
}

/** A customer's plans, oldest first. */
export async function listSubscriptions(
  core: Means,
  tenant: Owner,
  customerId: CustomerId,
): Promise<SubscriptionRecord[]> {
  return withHistory(core, tenant, await selectOfCustomer(core.database, tenant.id, customerId));
}

/** Plans that were made, or whose status changed, in a range. */
export async function listChanged(
  core: Means,
  tenant: Owner,
  range: Range,
  page: Page,
): Promise<Subscription[]> {
  return selectChanged(core.database, tenant.id, range, page);
}

/** Payments of plans that reached the processor in a range, oldest first. */
export async function listPlanPayments(
  core: Means,
  tenant: Owner,
  range: Range,
  page: Page,
): Promise<PlanPayment[]> {
  return selectPaymentsIn(core.database, tenant.id, range, page);
}

async function withHistory(
  core: Means,
  tenant: Owner,
  subscriptions: readonly Subscription[],
): Promise<SubscriptionRecord[]> {
  const ids = subscriptions.map(({ id }) => id);
  if (ids.length === 0) return [];
  const [transitions, payments] = await Promise.all([
    selectTransitions(core.database, tenant.id, ids),
    selectPaymentsOf(core.database, tenant.id, ids),
  ]);
  return subscriptions.map((subscription) => ({
    subscription,
    transitions: transitions.filter((one) => one.subscriptionId === subscription.id),
    payments: payments.filter((one) => one.subscriptionId === subscription.id),
  }));
}
