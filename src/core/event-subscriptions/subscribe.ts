import { CoreError, invalid } from '#kit/errors.ts';
import type { Answer, Call, Core } from '../core.ts';
import { isKeyUsed } from '../idempotency/is-key-used.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { requireCallbackUrl } from '../tenants/check-urls.ts';
import { businessNow } from '../tenants/tenant.ts';
import type { EventSubscription, EventSubscriptionId, SubscriptionOrder } from './event-subscription.ts';
import { insertSubscription, selectSubscriptions } from './store.ts';
import { sealSubscriptionKey } from './subscription-key.ts';

/** Each is told of every event: more of them are a mistake that repeats itself. */
const maxSubscriptions = 50;

/**
 * Tells somebody of a tenant's events from now on. Before it is kept its address must answer a handshake, signed with its
 * key; an address we may not call, or one that does not answer, is `validation_failed`.
 */
export async function subscribe(
  core: Core,
  call: Call,
  order: SubscriptionOrder & Pick<EventSubscription, 'dialect'>,
): Promise<Answer<{ subscriptionId: EventSubscriptionId }>> {
  const { tenant } = call;
  const { key, ...wanted } = order;
  const owner = { tenantId: tenant.id, id: core.ids.uuid() as EventSubscriptionId };
  await requireHandshake(core, call, order);
  return runOnce(core, call, async (transaction) => {
    const present = await selectSubscriptions(transaction, [tenant.id]);
    if (present.length >= maxSubscriptions)
      throw new CoreError('conflict', `There are ${maxSubscriptions} subscriptions: end one first.`);
    await insertSubscription(transaction, {
      ...owner,
      ...wanted,
      keySealed: sealSubscriptionKey(core, owner, key),
      status: 'active',
      createdAt: businessNow(core.clock, tenant),
    });
    return { subscriptionId: owner.id };
  });
}

/**
 * Throws where the address is none we may call, or does not answer a signed greeting. A request that was answered before
 * does not greet it again.
 */
export async function requireHandshake(
  core: Core,
  call: Call,
  { url, key, dialect }: Pick<SubscriptionOrder, 'url' | 'key'> & Pick<EventSubscription, 'dialect'>,
): Promise<void> {
  const { tenant } = call;
  if (await isKeyUsed(core, call)) return;
  requireCallbackUrl(core, tenant, 'url', url);
  if (await core.subscribers.shakeHands(tenant, { dialect, url, key })) return;
  throw invalid('url', 'invalid_format', 'url: the handshake was not answered with a success');
}
