/** The page of a plan: where its payer enrols, sees what is to come, changes the card, and pays what is owed. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readCards } from '#core/cards/read-cards.ts';
import type { Call, Core } from '#core/core.ts';
import { findOperation } from '#core/operations/read-operations.ts';
import { changeCard } from '#core/subscriptions/change-card.ts';
import { planUrl } from '#core/subscriptions/notify-customer.ts';
import { openEnrolment } from '#core/subscriptions/open-enrolment.ts';
import { payOutstanding } from '#core/subscriptions/reactivate-subscription.ts';
import { findByToken } from '#core/subscriptions/read-subscriptions.ts';
import {
  cycleAmount,
  cycleDueAt,
  type Interval,
  isOver,
  remainingPayments,
  type Subscription,
  type SubscriptionStatus,
} from '#core/subscriptions/subscription.ts';
import { readTenant } from '#core/tenants/read-tenant.ts';
import { businessNow, type Tenant } from '#core/tenants/tenant.ts';
import { CoreError } from '#kit/errors.ts';
import { money } from '#kit/money.ts';
import { contentSecurityPolicy } from '#web/checkout/csp.ts';
import { type PlanView, renderPlan } from '#web/checkout/render-plan.ts';
import { sendPage, sendUnknown } from './send-page.ts';

type PlanRequest = FastifyRequest<{
  Params: { token: string };
  Body: Readonly<Record<string, string>> | undefined;
}>;

/** Dates shown; nobody reads a daily plan's year. */
const maxCharges = 60;

export function registerPlan(scope: FastifyInstance, core: Core): void {
  scope.get('/plan/:token', (request: PlanRequest, reply) => show(core, request, reply));
  scope.post('/plan/:token', (request: PlanRequest, reply) => act(core, request, reply));
}

async function show(core: Core, request: PlanRequest, reply: FastifyReply): Promise<FastifyReply> {
  const subscription = await findByToken(core, request.params.token);
  if (subscription === undefined) return sendUnknown(reply, request, 404);
  const tenant = await readTenant(core, subscription.tenantId);
  const connector = tenant.settings.connectors.card;
  const origins = connector === undefined ? [] : await core.processors.pageOrigins(tenant.id, connector);
  reply.header('content-security-policy', contentSecurityPolicy({ formActionOrigins: origins }));
  return sendPage(reply, renderPlan(await toView(core, tenant, subscription)));
}

/** What is wrong with it shows on the page it leads back to. */
async function act(core: Core, request: PlanRequest, reply: FastifyReply): Promise<FastifyReply> {
  const subscription = await findByToken(core, request.params.token);
  if (subscription === undefined) return sendUnknown(reply, request, 404);
  const tenant = await readTenant(core, subscription.tenantId);
  const call = { tenant, origin: subscription.origin };
  try {
    const target = await follow(core, call, subscription, request.body?.method ?? '');
    return reply.redirect(target ?? `/plan/${subscription.token}`, 303);
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    return reply.redirect(`/plan/${subscription.token}`, 303);
  }
}

async function follow(
  core: Core,
  call: Call,
  subscription: Subscription,
  method: string,
): Promise<string | undefined> {
  if (method === 'kept-card') {
    await payOutstanding(core, call, subscription.id);
    return undefined;
  }
  if (method !== 'card') return undefined;
  const urls = (plan: Subscription) => ({ successUrl: planUrl(core, plan) });
  const { result } =
    subscription.status === 'new'
      ? await openEnrolment(core, call, subscription.id, urls)
      : await changeCard(core, call, { id: subscription.id, urls });
  return (await findOperation(core, call.tenant.id, result.operationId))?.pageUrl ?? undefined;
}

const everies = {
  daily: 'day',
  weekly: 'week',
  fortnightly: 'fortnight',
  monthly: 'month',
  quarterly: 'quarter',
  yearly: 'year',
} as const satisfies Record<Interval, PlanView['every']>;

const states = {
  new: 'new',
  active: 'active',
  suspended: 'suspended',
  cancelled: 'cancelled',
  completed: 'completed',
} as const satisfies Record<SubscriptionStatus, PlanView['state']>;

async function toView(core: Core, tenant: Tenant, subscription: Subscription): Promise<PlanView> {
  const { cardId, currency, amount, status, strikes, zone } = subscription;
  const card =
    cardId === null ? undefined : (await readCards(core.database, tenant.id, [cardId])).get(cardId);
  const ending = card?.maskedNumber?.slice(-2);
  const anchorAt = subscription.anchorAt ?? businessNow(core.clock, tenant);
  const first = subscription.nextCycle;
  const count = isOver(status) ? 0 : Math.min(remainingPayments(subscription), maxCharges);
  return {
    seller: tenant.name,
    description: subscription.description,
    amount: money(amount, currency),
    every: everies[subscription.every],
    state: status === 'active' && strikes > 0 ? 'owing' : states[status],
    ...(ending === undefined ? {} : { cardEnding: ending }),
    charges: Array.from({ length: count }, (_, index) => ({
      at: cycleDueAt({ ...subscription, anchorAt }, first + index).toISOString(),
      amount: cycleAmount(subscription, first + index),
    })),
    timeZone: zone,
    testMode: tenant.mode === 'test',
    pageUrl: `/plan/${subscription.token}`,
  };
}
