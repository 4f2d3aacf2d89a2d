import { notFound } from '#kit/errors.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import type { EventSubscriptionId, SubscriptionOrder } from './event-subscription.ts';
import { readSubscription } from './read-subscriptions.ts';
import { updateSubscription } from './store.ts';
import { requireHandshake } from './subscribe.ts';
import { sealSubscriptionKey } from './subscription-key.ts';

/** Changes what a subscriber is told of, where, and under which key, once its address has answered a handshake. */
export async function changeSubscription(
  core: Core,
  call: Call,
  { id, ...order }: SubscriptionOrder & { readonly id: string },
): Promise<Answer<{ subscriptionId: EventSubscriptionId }>> {
  const present = await readSubscription(core, call.tenant, id);
  const { key, ...wanted } = order;
  await requireHandshake(core, call, { ...order, dialect: present.dialect });
  return runOnce(core, call, async (transaction) => {
    const keySealed = sealSubscriptionKey(core, present, key);
    if (!(await updateSubscription(transaction, { ...present, ...wanted, keySealed })))
      throw notFound('subscription');
    return { subscriptionId: present.id };
  });
}
