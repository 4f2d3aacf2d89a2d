import type { Transaction } from '#db/database.ts';
import type { EventId } from '#kit/ids.ts';
import { addCallbacks } from '../callbacks/add-callbacks.ts';
import type { Core } from '../core.ts';
import type { EventSubscription } from '../event-subscriptions/event-subscription.ts';
import { findSubscribed } from '../event-subscriptions/find-subscribed.ts';
import type { NewEvent } from './event.ts';
import { insertEvents } from './store.ts';

/**
 * Writes events, and the callbacks they owe, into the transaction in which they happened. `subscriptions` are those of
 * all their tenants, where the caller has found them already.
 */
export async function recordEvents(
  core: Core,
  transaction: Transaction,
  events: readonly NewEvent[],
  subscriptions?: readonly EventSubscription[],
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => ({ ...event, id: core.ids.uuid() as EventId }));
  await insertEvents(transaction, rows);
  const own = rows.flatMap((row) =>
    row.callback === undefined ? [] : [{ eventId: row.id, event: row, ...row.callback }],
  );
  const subscribed = await findSubscribed(transaction, rows, subscriptions);
  await addCallbacks(core, transaction, [...own, ...subscribed]);
}
