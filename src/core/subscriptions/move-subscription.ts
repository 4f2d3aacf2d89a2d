import type { Transaction } from '#db/database.ts';
import { minorToJson } from '#kit/money.ts';
import type { Core } from '../core.ts';
import { recordEvents } from '../events/record-events.ts';
import { type Progress, updateProgress } from './store.ts';
import { type Subscription, type SubscriptionStatus, subscriptionTransitions } from './subscription.ts';

/**
 * Writes down how a plan that the caller holds got on, with the event a new status owes. A move the table does not know
 * is a bug and throws.
 */
export async function moveSubscription(
  core: Core,
  transaction: Transaction,
  subscription: Subscription,
  change: Partial<Progress> & { reason: string; at: Date },
): Promise<Subscription> {
  const { reason, at, ...changed } = change;
  const moved = { ...subscription, ...changed };
  const isMove = moved.status !== subscription.status;
  const allowed: readonly SubscriptionStatus[] = subscriptionTransitions[subscription.status];
  if (isMove && !allowed.includes(moved.status))
    throw new Error(
      `subscription ${subscription.id} cannot go from ${subscription.status} to ${moved.status}`,
    );
  await updateProgress(transaction, subscription, moved, { reason, at });
  if (!isMove) return moved;
  const version = subscription.version + 1;
  await recordEvents(core, transaction, [
    {
      tenantId: subscription.tenantId,
      type: `subscription.${moved.status}`,
      subject: { kind: 'subscription', id: subscription.id, version },
      data: describeSubscription(moved, reason),
      at,
    },
  ]);
  return { ...moved, version };
}

/** What an event says of a plan: nothing personal. */
export function describeSubscription(subscription: Subscription, reason: string): Record<string, unknown> {
  return {
    subscriptionId: subscription.id,
    status: subscription.status,
    amount: minorToJson(subscription.amount),
    currency: subscription.currency,
    every: subscription.every,
    nextCycle: subscription.nextCycle,
    reason,
  };
}
