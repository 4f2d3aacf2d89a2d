import type { CreateSubscriptionInput, PlanInput } from '#core/subscriptions/create-subscription.ts';
import { planUrl } from '#core/subscriptions/notify-customer.ts';
import type { Range } from '#core/subscriptions/read-subscriptions.ts';
import type { Interval, Subscription } from '#core/subscriptions/subscription.ts';
import { requireBrowserUrl } from '#core/tenants/check-urls.ts';
import type { Tenant } from '#core/tenants/tenant.ts';
import { endOfDay, isCalendarDate, startOfDay } from '#kit/calendar.ts';
import { later } from '#kit/clock.ts';
import { invalid } from '#kit/errors.ts';
import { returnUrls } from './read-card-body.ts';
import { type ClientBody, readClient } from './read-client.ts';
import { readAmount, readCurrency, readOptionalAmount } from './wire.ts';

interface PlanBody {
  readonly Description: string;
  readonly Interval: string;
  readonly IntervalCount: number;
  readonly Amount: number | string;
  readonly Currency?: string | null;
  readonly InitialPayment?: number | string | null;
  readonly 'Initial Payment'?: number | string | null;
  readonly AutoRenew?: boolean | null;
}

/** Both families of words the overview uses (decision 7). */
const intervals: Readonly<Record<string, Interval>> = {
  daily: 'daily',
  day: 'daily',
  weekly: 'weekly',
  week: 'weekly',
  fortnightly: 'fortnightly',
  fortnight: 'fortnightly',
  monthly: 'monthly',
  month: 'monthly',
  quarterly: 'quarterly',
  quarter: 'quarterly',
  yearly: 'yearly',
  year: 'yearly',
};

const usualCurrency = 'AUD';

export function readPlanBody(body: PlanBody): PlanInput {
  const every = intervals[body.Interval.toLowerCase()];
  if (every === undefined)
    throw invalid('Interval', 'invalid_enum', `There is no interval ${body.Interval}.`);
  const currency = readCurrency('Currency', body.Currency || usualCurrency);
  const initial = body.InitialPayment ?? body['Initial Payment'] ?? null;
  return {
    description: body.Description,
    every,
    intervalCount: body.IntervalCount,
    currency,
    amount: readAmount('Amount', body.Amount, currency).minor,
    initialAmount: initial === null ? null : readOptionalAmount('InitialPayment', initial, currency),
    autoRenew: body.AutoRenew ?? false,
  };
}

export function readSubscriptionBody(
  core: { readonly publicUrl: string },
  tenant: Tenant,
  body: PlanBody & { readonly Client: ClientBody; readonly RedirectUrl?: string | null },
): CreateSubscriptionInput {
  return {
    ...readPlanBody(body),
    customer: readClient(body.Client),
    redirectUrl: body.RedirectUrl ? requireBrowserUrl(tenant, 'RedirectUrl', body.RedirectUrl) : null,
    urls: urlsOf(core),
  };
}

/** Where a client goes from the processor's page: the address given, or the plan's page (decision 15). */
export function urlsOf(core: { readonly publicUrl: string }, redirectUrl?: string) {
  return (subscription: Subscription, cardId: string) => {
    const target = redirectUrl ?? subscription.redirectUrl;
    if (target === null) return { successUrl: planUrl(core, subscription) };
    const { id: subscriptionId, customerId: clientId } = subscription;
    return returnUrls(target, { clientId, subscriptionId, paymentMethodId: cardId });
  };
}

/** Both ends included; a day is a day of the merchant's (decision 27). */
export function readRange(query: Readonly<Record<string, string>>, { zone }: Pick<Tenant, 'zone'>): Range {
  const { startDate = '', endDate = '' } = query;
  const from = isCalendarDate(startDate) ? startOfDay(startDate, zone) : readInstant('startDate', startDate);
  const until = isCalendarDate(endDate) ? endOfDay(endDate, zone) : later(readInstant('endDate', endDate), 1);
  if (until < from) throw invalid('endDate', 'out_of_range', 'endDate is before startDate.');
  return { from, until };
}

const instantPattern = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;

function readInstant(property: string, text: string): Date {
  const at = new Date(text.replace(' ', '+'));
  const isInstant = instantPattern.test(text) && !Number.isNaN(at.getTime());
  if (!isInstant) throw invalid(property, 'invalid_format', `${property} is neither a date nor an instant.`);
  return at;
}

/** `true`, `false`, `1` or `0`. */
export function readAutoRenew(text: string): boolean {
  const value = { true: true, '1': true, false: false, '0': false }[text.toLowerCase()];
  if (value === undefined) throw invalid('autoRenew', 'invalid_type', 'autoRenew is neither true nor false.');
  return value;
}
