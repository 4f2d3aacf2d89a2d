import { notFound } from '#kit/errors.ts';
import { dropMissed } from '../callbacks/missed-callbacks.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import type { EventSubscriptionId } from './event-subscription.ts';
import { readSubscription } from './read-subscriptions.ts';
import { updateSubscriptionStatus } from './store.ts';

/** Ends a subscription: it is told nothing more, not even what it is owed. */
export async function endSubscription(
  core: Core,
  call: Call,
  id: string,
): Promise<Answer<{ subscriptionId: EventSubscriptionId }>> {
  return runOnce(core, call, async (transaction) => {
    const present = await readSubscription({ database: transaction }, call.tenant, id);
    if (!(await updateSubscriptionStatus(transaction, present, 'ended'))) throw notFound('subscription');
    await dropMissed(transaction, present);
    return { subscriptionId: present.id };
  });
}
