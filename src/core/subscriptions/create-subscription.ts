import type { Currency } from '#kit/currency.ts';
import type { CustomerId, OperationId, OrderId, SubscriptionId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { type CustomerInput, takeCustomer } from '../customers/take-customer.ts';
import { recordEvents } from '../events/record-events.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { requireAnswered } from '../operations/require-answered.ts';
import { openOrders } from '../orders/open-orders.ts';
import { businessNow } from '../tenants/tenant.ts';
import { beginEnrolment, type ReturnUrls } from './begin-enrolment.ts';
import { describeSubscription } from './move-subscription.ts';
import { insertSubscription } from './store.ts';
import type { Interval, Subscription } from './subscription.ts';

export interface PlanInput {
  readonly description: string;
  readonly every: Interval;
  readonly intervalCount: number;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly initialAmount: bigint | null;
  readonly autoRenew: boolean;
}

export interface CreateSubscriptionInput extends PlanInput {
  readonly customer: CustomerInput;
  readonly redirectUrl: string | null;
  readonly urls: ReturnUrls;
}

export interface CreatedSubscription {
  readonly subscriptionId: SubscriptionId;
  readonly customerId: CustomerId;
  /** The enrolment's; it has the address of the page the customer enters the card on. */
  readonly operationId: OperationId;
}

/** Makes a plan and opens the page on which its customer enrols: by the first charge, or where that is nothing, by a validation. */
export async function createSubscription(
  core: Core,
  call: Call,
  input: CreateSubscriptionInput,
): Promise<Answer<CreatedSubscription>> {
  const id = core.ids.uuid() as SubscriptionId;
  const answer = await runOnce(core, call, async (transaction) => {
    const customerId = await takeCustomer(core, transaction, call, input.customer);
    const orderId = core.ids.uuid() as OrderId;
    await openOrders(core, transaction, [{ call, id: orderId, currency: input.currency }]);
    const subscription = toSubscription(core, call, { ...input, id, customerId, orderId });
    await insertSubscription(transaction, subscription);
    await recordEvents(core, transaction, [
      {
        tenantId: subscription.tenantId,
        type: 'subscription.created',
        subject: { kind: 'subscription', id, version: 1 },
        data: describeSubscription(subscription, 'created'),
        at: subscription.createdAt,
      },
    ]);
    const operationId = await beginEnrolment(core, transaction, call, subscription, input.urls);
    return { subscriptionId: id, customerId, operationId };
  });
  if (answer.replayed) await requireAnswered(core, call.tenant.id, answer.result.operationId);
  else await core.processors.perform(call.tenant.id, answer.result.operationId);
  return answer;
}

/** Bytes of randomness in the address of a payer's page. */
const tokenBytes = 24;

function toSubscription(
  core: Core,
  { tenant, origin }: Call,
  input: PlanInput & Pick<Subscription, 'id' | 'customerId' | 'orderId' | 'redirectUrl'>,
): Subscription {
  return {
    id: input.id,
    tenantId: tenant.id,
    customerId: input.customerId,
    orderId: input.orderId,
    cardId: null,
    token: core.ids.token(tokenBytes),
    origin,
    status: 'new',
    description: input.description,
    every: input.every,
    intervalCount: input.intervalCount,
    currency: input.currency,
    amount: input.amount,
    initialAmount: input.initialAmount,
    autoRenew: input.autoRenew,
    redirectUrl: input.redirectUrl,
    zone: tenant.zone,
    anchorAt: null,
    nextCycle: 0,
    strikes: 0,
    dueAt: null,
    version: 1,
    createdAt: businessNow(core.clock, tenant),
  };
}
