import type { Transaction } from '#db/database.ts';
import type { EventId } from '#kit/ids.ts';
import type { NewCallback } from '../callbacks/add-callbacks.ts';
import type { NewEvent, Subject } from '../events/event.ts';
import { selectSubscriptions } from './store.ts';

/** Events of these can be subscribed to: what all others do is not slowed down by looking for who is. */
const subscribable: ReadonlySet<Subject['kind']> = new Set(['payout', 'payout-batch']);

/** Whom events are owed to by subscription. Where a circuit is open the event is missed at once. */
export async function findSubscribed(
  transaction: Transaction,
  events: readonly (NewEvent & { readonly id: EventId })[],
): Promise<NewCallback[]> {
  const told = events.filter(({ subject }) => subscribable.has(subject.kind));
  if (told.length === 0) return [];
  const tenantIds = [...new Set(told.map(({ tenantId }) => tenantId))];
  const subscriptions = await selectSubscriptions(transaction, tenantIds);
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
