import type { Transaction } from '#db/database.ts';
import type { EventSubscription } from './event-subscription.ts';
import { updateSubscriptionStatus } from './store.ts';

/** A subscriber that did not answer in time is told nothing more until it is reopened. */
export async function openCircuit(
  transaction: Transaction,
  subscription: Pick<EventSubscription, 'tenantId' | 'id'>,
): Promise<void> {
  await updateSubscriptionStatus(transaction, subscription, 'open');
}
