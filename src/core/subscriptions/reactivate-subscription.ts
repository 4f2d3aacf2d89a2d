import type { Transaction } from '#db/database.ts';
import { CoreError } from '#kit/errors.ts';
import type { OperationId, PaymentId, SubscriptionId } from '#kit/ids.ts';
import { readCards } from '../cards/read-cards.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { readOperation } from '../operations/read-operations.ts';
import { businessNow } from '../tenants/tenant.ts';
import { beginCharges } from './begin-charges.ts';
import { findOpenAttempt, holdSubscription } from './hold-subscription.ts';
import { moveSubscription } from './move-subscription.ts';
import { updateUnderWay } from './store.ts';
import { cycleDueAt, isOutstanding, type Subscription, type SubscriptionStatus } from './subscription.ts';

/** Cycles charged at one request: more than a year of a daily plan. What is left then is left to the next request. */
const maxCharges = 400;

interface Step {
  readonly subscriptionId: SubscriptionId;
  /** The charge that was begun; null where nothing is owed any more. */
  readonly operationId: OperationId | null;
}

/**
 * Takes everything a suspended plan owes, cycle by cycle, each under an attempt of its own, and has it go on when all of
 * it is paid. Stops at the first that is not: then the plan stays suspended. `operation_forbidden` for a plan that is
 * not suspended, `conflict` while a charge of it is under way.
 */
export async function reactivateSubscription(
  core: Core,
  call: Call,
  id: string,
): Promise<Answer<{ subscriptionId: SubscriptionId }>> {
  return takeOwed(core, call, id, ['suspended']);
}

/** The same at the payer's own wish, also between a failed attempt and the next one. */
export async function payOutstanding(
  core: Core,
  call: Call,
  id: string,
): Promise<Answer<{ subscriptionId: SubscriptionId }>> {
  return takeOwed(core, call, id, ['suspended', 'active']);
}

async function takeOwed(
  core: Core,
  call: Call,
  id: string,
  from: readonly SubscriptionStatus[],
): Promise<Answer<{ subscriptionId: SubscriptionId }>> {
  const first = await runOnce(core, call, (transaction) => begin(core, transaction, call, id, from));
  const { subscriptionId } = first.result;
  if (first.replayed) return { result: { subscriptionId }, replayed: true };
  let { operationId } = first.result;
  for (let charged = 1; operationId !== null && charged < maxCharges; charged += 1) {
    await core.processors.perform(call.tenant.id, operationId);
    const { status } = await readOperation(core, call.tenant.id, operationId);
    if (status !== 'approved') break;
    const next: Step = await core.database.transaction((transaction) =>
      begin(core, transaction, call, subscriptionId),
    );
    operationId = next.operationId;
  }
  return { result: { subscriptionId }, replayed: false };
}

async function begin(
  core: Core,
  transaction: Transaction,
  call: Call,
  id: string,
  from?: readonly SubscriptionStatus[],
): Promise<Step> {
  const subscription = await holdSubscription(transaction, call.tenant.id, id);
  const idle = { subscriptionId: subscription.id, operationId: null };
  // After the first charge: what was paid may have it go on by itself, and a cancel may have come in between.
  if (from === undefined && subscription.status !== 'suspended') return idle;
  if (from !== undefined && !from.includes(subscription.status))
    throw new CoreError('operation_forbidden', `The subscription is ${subscription.status}, not suspended.`);
  if ((await findOpenAttempt(transaction, subscription)) !== undefined)
    throw new CoreError('conflict', 'A charge of the subscription is under way.');
  const at = businessNow(core.clock, call.tenant);
  if (!isOutstanding(subscription, at)) {
    if (subscription.status === 'suspended') await goOn(core, transaction, subscription, at);
    return idle;
  }
  return charge(core, transaction, call, subscription);
}

/** Suspended for another reason than what it owes, and owing nothing. */
async function goOn(
  core: Core,
  transaction: Transaction,
  subscription: Subscription,
  at: Date,
): Promise<void> {
  if (subscription.anchorAt === null) throw new Error(`subscription ${subscription.id} was never enrolled`);
  await moveSubscription(core, transaction, subscription, {
    status: 'active',
    strikes: 0,
    dueAt: cycleDueAt({ ...subscription, anchorAt: subscription.anchorAt }, subscription.nextCycle),
    reason: 'reactivated',
    at,
  });
}

async function charge(
  core: Core,
  transaction: Transaction,
  call: Call,
  subscription: Subscription,
): Promise<Step> {
  const cards = await readCards(
    transaction,
    subscription.tenantId,
    subscription.cardId === null ? [] : [subscription.cardId],
  );
  const [card] = [...cards.values()];
  if (card === undefined) throw new Error(`subscription ${subscription.id} has no card`);
  const made = { paymentId: core.ids.uuid() as PaymentId, operationId: core.ids.uuid() as OperationId };
  const [refusal] = await beginCharges(core, transaction, [
    { call, subscription, card: { id: card.id, connector: card.connector, byPage: false }, made },
  ]);
  if (refusal !== undefined) throw refusal;
  await updateUnderWay(transaction, subscription.tenantId, [subscription.id]);
  return { subscriptionId: subscription.id, operationId: made.operationId };
}
