import type { Transaction } from '#db/database.ts';
import { addDuration } from '#kit/calendar.ts';
import type { Core } from '../core.ts';
import type { Finding, Operation } from '../operations/operation.ts';
import { updateAttempt } from './attempts/store.ts';
import type { HeldPlan } from './hold-subscription.ts';
import { moveSubscription } from './move-subscription.ts';
import { queueDunning } from './queue-dunning.ts';
import type { Progress } from './store.ts';
import {
  type Attempt,
  cycleDueAt,
  isOutstanding,
  isOver,
  isTermOver,
  maxStrikes,
  retryAfter,
  type Subscription,
} from './subscription.ts';

/**
 * Carries the outcome of a plan's payment to the plan, in the transaction that books it: a cycle that is paid moves the
 * plan on, one that is not is a strike, and money nobody wanted is only noted. While nobody knows, nothing happens, and
 * no other attempt is made.
 */
export async function settleAttempt(
  core: Core,
  transaction: Transaction,
  held: { plan: HeldPlan; operation: Operation; isSurplus: boolean },
  finding: Finding,
  at: Date,
): Promise<void> {
  const { plan, operation } = held;
  const { subscription, attempt } = plan;
  if (finding.kind === 'waiting' || finding.kind === 'unknown') return;
  // A new card for the plan: the plan itself is where it was.
  if (attempt === undefined) return;
  const { tenantId, paymentId } = operation;
  if (finding.kind !== 'approved') {
    await updateAttempt(transaction, tenantId, paymentId, 'failed');
    return strike(core, transaction, subscription, attempt, at);
  }
  await updateAttempt(transaction, tenantId, paymentId, held.isSurplus ? 'surplus' : 'paid');
  if (!held.isSurplus) await moveOn(core, transaction, subscription, attempt, operation, at);
}

async function moveOn(
  core: Core,
  transaction: Transaction,
  subscription: Subscription,
  attempt: Attempt,
  operation: Operation,
  at: Date,
): Promise<void> {
  const cardId = operation.byPage ? operation.cardId : subscription.cardId;
  const paid = {
    ...subscription,
    cardId,
    anchorAt: subscription.anchorAt ?? at,
    nextCycle: Math.max(subscription.nextCycle, attempt.cycle + 1),
    strikes: 0,
  };
  await moveSubscription(core, transaction, subscription, { ...progressOf(paid, at), reason: 'paid', at });
}

/** Where a plan stands once a cycle is paid. */
function progressOf(paid: Subscription & { readonly anchorAt: Date }, at: Date): Progress {
  if (isOver(paid.status)) return { ...paid, dueAt: null };
  if (isTermOver(paid) && !paid.autoRenew) return { ...paid, status: 'completed', dueAt: null };
  // What a suspended plan owes is taken one by one when it is reactivated, not by itself.
  if (paid.status === 'suspended' && isOutstanding(paid, at))
    return { ...paid, strikes: maxStrikes, dueAt: null };
  return { ...paid, status: 'active', dueAt: cycleDueAt(paid, paid.nextCycle) };
}

/** Enrolling costs no strike: the customer stands at the page and may try another card. */
async function strike(
  core: Core,
  transaction: Transaction,
  subscription: Subscription,
  attempt: Attempt,
  at: Date,
): Promise<void> {
  if (subscription.status !== 'active') return;
  const strikes = subscription.strikes + 1;
  const isLast = strikes >= maxStrikes;
  const moved = await moveSubscription(core, transaction, subscription, {
    status: isLast ? 'suspended' : 'active',
    strikes,
    dueAt: isLast ? null : addDuration(at, retryAfter, subscription.zone),
    reason: `${strikes} failed attempts in a row`,
    at,
  });
  await queueDunning(core, transaction, moved, attempt, at);
}
