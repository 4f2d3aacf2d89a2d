import { notFound } from '#kit/errors.ts';
import { resendMissed } from '../callbacks/missed-callbacks.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { businessNow } from '../tenants/tenant.ts';
import type { EventSubscriptionId } from './event-subscription.ts';
import { readSubscription } from './read-subscriptions.ts';
import { updateSubscriptionStatus } from './store.ts';

/** Closes the circuit again: what was missed and not acknowledged is sent now, and what happens is told as before. */
export async function reopenSubscription(
  core: Core,
  call: Call,
  id: string,
): Promise<Answer<{ subscriptionId: EventSubscriptionId }>> {
  const answer = await runOnce(core, call, async (transaction) => {
    const present = await readSubscription({ database: transaction }, call.tenant, id);
    if (!(await updateSubscriptionStatus(transaction, present, 'active'))) throw notFound('subscription');
    await resendMissed(transaction, present, businessNow(core.clock, call.tenant));
    return { subscriptionId: present.id };
  });
  core.work.nudge('callbacks');
  return answer;
}
