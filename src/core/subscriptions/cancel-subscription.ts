import type { SubscriptionId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { businessNow } from '../tenants/tenant.ts';
import { holdSubscription } from './hold-subscription.ts';
import { moveSubscription } from './move-subscription.ts';
import { isOver } from './subscription.ts';

/**
 * Ends a plan, under the lock under which it is charged: a cycle whose charge was written down before is still taken,
 * and none after. A plan that is over already stays as it is.
 */
export async function cancelSubscription(
  core: Core,
  call: Call,
  id: string,
): Promise<Answer<{ subscriptionId: SubscriptionId }>> {
  return runOnce(core, call, async (transaction) => {
    const subscription = await holdSubscription(transaction, call.tenant.id, id);
    if (!isOver(subscription.status)) {
      await moveSubscription(core, transaction, subscription, {
        status: 'cancelled',
        dueAt: null,
        reason: 'cancelled',
        at: businessNow(core.clock, call.tenant),
      });
    }
    return { subscriptionId: subscription.id };
  });
}
