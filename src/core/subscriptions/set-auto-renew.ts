import { CoreError } from '#kit/errors.ts';
import type { SubscriptionId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { businessNow } from '../tenants/tenant.ts';
import { holdSubscription } from './hold-subscription.ts';
import { moveSubscription } from './move-subscription.ts';
import { isOver, isTermOver } from './subscription.ts';

/**
 * Says whether a plan goes on after its term. One whose term is paid, and which is not to go on any more, is completed
 * there and then. `operation_forbidden` once it is over.
 */
export async function setAutoRenew(
  core: Core,
  call: Call,
  input: { id: string; autoRenew: boolean },
): Promise<Answer<{ subscriptionId: SubscriptionId }>> {
  const { autoRenew } = input;
  return runOnce(core, call, async (transaction) => {
    const subscription = await holdSubscription(transaction, call.tenant.id, input.id);
    if (isOver(subscription.status))
      throw new CoreError('operation_forbidden', `The subscription is ${subscription.status}.`);
    // While a charge is under way it decides what is next.
    const isDone = !autoRenew && isTermOver(subscription) && subscription.dueAt !== null;
    await moveSubscription(core, transaction, subscription, {
      autoRenew,
      ...(isDone ? { status: 'completed', dueAt: null } : {}),
      reason: 'the term is paid and not renewed',
      at: businessNow(core.clock, call.tenant),
    });
    return { subscriptionId: subscription.id };
  });
}
