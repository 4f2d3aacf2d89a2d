import type { Queryable } from '#db/database.ts';
import { notFound } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { EventSubscription, EventSubscriptionId } from './event-subscription.ts';
import { selectSubscription, selectSubscriptions } from './store.ts';

interface Means {
  readonly database: Queryable;
}

/** One of the tenant's subscriptions. Unknown, over, and another tenant's are the same `not_found`. */
export async function readSubscription(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  id: string,
): Promise<EventSubscription> {
  const found = isUuid(id)
    ? await selectSubscription(core.database, tenant.id, id as EventSubscriptionId)
    : undefined;
  if (found === undefined) throw notFound('subscription');
  return found;
}

/** The tenant's subscriptions, oldest first. They are few. */
export async function listSubscriptions(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
): Promise<EventSubscription[]> {
  return selectSubscriptions(core.database, [tenant.id]);
}
