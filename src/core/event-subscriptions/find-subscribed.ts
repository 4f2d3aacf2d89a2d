import type { Transaction } from '#db/database.ts';
import type { EventId, TenantId } from '#kit/ids.ts';
import type { NewCallback } from '../callbacks/add-callbacks.ts';
import type { NewEvent, Subject } from '../events/event.ts';
import type { EventSubscription } from './event-subscription.ts';
import { selectSubscriptions } from './store.ts';

/** Events of these can be subscribed to: what all others do is not slowed down by looking for who is. */
const subscribable: ReadonlySet<Subject['kind']> = new Set(['payout', 'payout-batch']);

/** Who subscribed to what at these tenants. */
export async function findSubscriptions(
  transaction: Transaction,
  tenantIds: readonly TenantId[],
): Promise<EventSubscription[]> {
  return selectSubscriptions(transaction, [...new Set(tenantIds)]);
}

/**
 * Whom events are owed to by subscription. Where a circuit is open the event is missed at once. `found` are the
 * subscriptions of all their tenants, where the caller has asked for them together with something else.
 */
export async function findSubscribed(
  transaction: Transaction,
  events: readonly (NewEvent & { readonly id: EventId })[],
  found?: readonly EventSubscription[],
): Promise<NewCallback[]> {
  const told = events.filter(({ subject }) => subscribable.has(subject.kind));
  if (told.length === 0) return [];
  const tenantIds = told.map(({ tenantId }) => tenantId);
  const subscriptions = found ?? (await findSubscriptions(transaction, tenantIds));
  return told.flatMap((event) =>
    subscriptions
      .filter(({ tenantId, eventTypes }) => tenantId === event.tenantId && eventTypes.includes(event.type))
      .map(({ id, dialect, url, status }) => ({
        eventId: event.id,
        event,
        dialect,
        url,
        subscription: { id, isOpen: status === 'open' },
      })),
  );
}
