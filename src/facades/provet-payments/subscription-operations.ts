/** What each row of the subscriptions' table does: decode, call one core operation, encode. */
import { enrolCard } from '#core/cards/enrol-card.ts';
import type { Call, Core } from '#core/core.ts';
import { readCustomer } from '#core/customers/read-customers.ts';
import { readOperation } from '#core/operations/read-operations.ts';
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts';
import { changeCard } from '#core/subscriptions/change-card.ts';
import { createSubscription } from '#core/subscriptions/create-subscription.ts';
import { planUrl } from '#core/subscriptions/notify-customer.ts';
import { openEnrolment } from '#core/subscriptions/open-enrolment.ts';
import { previewSubscription } from '#core/subscriptions/preview-subscription.ts';
import { reactivateSubscription } from '#core/subscriptions/reactivate-subscription.ts';
import {
  listChanged,
  listPlanPayments,
  listSubscriptions,
  readSubscription,
} from '#core/subscriptions/read-subscriptions.ts';
import { setAutoRenew } from '#core/subscriptions/set-auto-renew.ts';
import { requireBrowserUrl } from '#core/tenants/check-urls.ts';
import { businessNow } from '#core/tenants/tenant.ts';
import type { RouteAnswer, RouteRequest } from '#http/facade.ts';
import { invalid } from '#kit/errors.ts';
import { readCardBody } from './read-card-body.ts';
import { readPage } from './read-page.ts';
import {
  readAutoRenew,
  readPlanBody,
  readRange,
  readSubscriptionBody,
  urlsOf,
} from './read-subscription-body.ts';
import { requirePage } from './require-page.ts';
import {
  writePreview,
  writeStatus,
  writeSubscription,
  writeSubscriptionPayment,
} from './write-subscription.ts';

export async function postSubscription({ core, call, body }: RouteRequest): Promise<RouteAnswer> {
  const { result, replayed } = await createSubscription(
    core,
    call,
    readSubscriptionBody(core, call.tenant, body),
  );
  const { subscriptionId, customerId } = result;
  const { pageUrl } = await readOperation(core, call.tenant.id, result.operationId);
  const Url = pageUrl ?? (await planUrlOf(core, call, subscriptionId));
  return {
    body: { SubscriptionId: subscriptionId, Id: subscriptionId, Url, ClientId: customerId },
    replayed,
  };
}

/** The plan exists whether or not its page could be opened: its own page opens another (decision 19). */
async function planUrlOf(core: Core, { tenant }: Call, id: string): Promise<string> {
  const { subscription } = await readSubscription(core, tenant, id);
  return planUrl(core, subscription);
}

export async function postPreview({ core, call, body }: RouteRequest): Promise<RouteAnswer> {
  const { tenant } = call;
  const anchorAt = businessNow(core.clock, tenant);
  return {
    body: writePreview(previewSubscription({ ...readPlanBody(body), zone: tenant.zone, anchorAt })),
  };
}

export async function getSubscription({ core, call, params }: RouteRequest): Promise<RouteAnswer> {
  return { body: writeSubscription(await readSubscription(core, call.tenant, params.id ?? '')) };
}

export async function getSubscriptions({ core, call, query }: RouteRequest): Promise<RouteAnswer> {
  const customer = await readCustomer(core, call.tenant, query.clientId ?? '');
  return { body: (await listSubscriptions(core, call.tenant, customer.id)).map(writeSubscription) };
}

export async function getPaymentUrl({ core, call, params }: RouteRequest): Promise<RouteAnswer> {
  const { result } = await openEnrolment(core, call, params.id ?? '', urlsOf(core));
  const Url = requirePage(await readOperation(core, call.tenant.id, result.operationId));
  const { subscription } = await readSubscription(core, call.tenant, params.id ?? '');
  const { id, customerId } = subscription;
  return { body: { SubscriptionId: id, Id: id, Url, ClientId: customerId } };
}

/** The overview gives two lists one address; it is the statuses' unless the payments are asked for (decision 1). */
export async function getChanged(request: RouteRequest): Promise<RouteAnswer> {
  const { core, call, query } = request;
  if (query.type === 'payments') return getPlanPayments(request);
  const changed = await listChanged(core, call.tenant, readRange(query, call.tenant), readPage(query));
  return { body: changed.map(writeStatus) };
}

export async function getPlanPayments({ core, call, query }: RouteRequest): Promise<RouteAnswer> {
  const range = readRange(query, call.tenant);
  const payments = await listPlanPayments(core, call.tenant, range, readPage(query));
  return { body: payments.map(writeSubscriptionPayment) };
}

export async function deleteSubscription({ core, call, params }: RouteRequest): Promise<RouteAnswer> {
  const { result, replayed } = await cancelSubscription(core, call, params.id ?? '');
  return {
    body: writeSubscription(await readSubscription(core, call.tenant, result.subscriptionId)),
    replayed,
  };
}

export async function patchReactivated({ core, call, params }: RouteRequest): Promise<RouteAnswer> {
  const { result, replayed } = await reactivateSubscription(core, call, params.id ?? '');
  return {
    body: writeSubscription(await readSubscription(core, call.tenant, result.subscriptionId)),
    replayed,
  };
}

export async function patchAutoRenew({ core, call, params }: RouteRequest): Promise<RouteAnswer> {
  const { id = '', autoRenew = '' } = params;
  const { subscription } = await readSubscription(core, call.tenant, id);
  const input = { id: subscription.id, autoRenew: readAutoRenew(autoRenew) };
  const { result, replayed } = await setAutoRenew(core, call, input);
  return {
    body: writeSubscription(await readSubscription(core, call.tenant, result.subscriptionId)),
    replayed,
  };
}

/** The parameters come in the body or in the address (decision 17). */
export async function patchCard({ core, call, query, body }: RouteRequest): Promise<RouteAnswer> {
  const id = query.subscriptionId ?? body?.SubscriptionId ?? '';
  if (id === '') throw invalid('SubscriptionId', 'missing_field', 'SubscriptionId is required.');
  const given = query.redirectUrl ?? body?.RedirectUrl ?? '';
  const { subscription } = await readSubscription(core, call.tenant, id);
  const redirectUrl = requireBrowserUrl(call.tenant, 'RedirectUrl', given);
  const { result, replayed } = await changeCard(core, call, {
    id: subscription.id,
    urls: urlsOf(core, redirectUrl),
  });
  const Url = requirePage(await readOperation(core, call.tenant.id, result.operationId));
  return { body: { Url, ClientId: result.customerId }, replayed };
}

export async function patchCardOfClient({ core, call, params, body }: RouteRequest): Promise<RouteAnswer> {
  const customer = await readCustomer(core, call.tenant, params.id ?? '');
  const input = readCardBody({ ...body, Client: { Id: customer.id } }, call.tenant);
  const { result, replayed } = await enrolCard(core, call, { ...input, takesOver: 'all' });
  const Url = requirePage(await readOperation(core, call.tenant.id, result.operationId));
  return { body: { Url, ClientId: result.customerId }, replayed };
}
