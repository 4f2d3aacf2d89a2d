/** From the wire to the core's inputs. Each refusal names the property at fault. */
import type { CallbackStatus } from '#core/callbacks/callback.ts';
import type { RefundInput } from '#core/payments/refund-payment.ts';
import type { Turn } from '#core/tenants/advance-clock.ts';
import type { SiblingInput } from '#core/tenants/open-sibling.ts';
import type { Tenant } from '#core/tenants/tenant.ts';
import { type Position, readCursor } from '#http/cursor.ts';
import { addDuration, parseDuration } from '#kit/calendar.ts';
import { invalid, type ProblemKind } from '#kit/errors.ts';
import type { IdSource } from '#kit/ids.ts';
import { type AmountProblem, parseMinor } from '#kit/money.ts';

type Query = Readonly<Record<string, string | undefined>>;

const defaultLimit = 50;

/** The core is asked for `limit + 1` rows: the one too many tells that there is a next page. */
export function readPage(query: Query): { limit: number; before?: Position } {
  const before = readCursor(query.after);
  return { limit: readLimit(query), ...(before === undefined ? {} : { before }) };
}

/** The schema has let only 1 to 200 through, and the empty text, which asks for nothing. */
export function readLimit(query: Query): number {
  return Number(query.limit || defaultLimit);
}

/** The event after which the log is read: an event's id, not a cursor. */
export function readAfter(query: Query): { after?: string } {
  return query.after === undefined || query.after === '' ? {} : { after: query.after };
}

export function readCallbackStatus(query: Query): { status?: CallbackStatus } {
  return query.status === undefined || query.status === '' ? {} : { status: query.status as CallbackStatus };
}

/** `{"by":"P1D"}` or `{"to":"2027-01-31T00:00:00Z"}`; the schema has let one of the two through. */
export function readTurn(body: { by?: string; to?: string }): Turn {
  if (body.to !== undefined) {
    const to = new Date(body.to);
    if (Number.isNaN(to.getTime())) throw invalid('to', 'invalid_format', 'to is not an instant.');
    return { to };
  }
  const by = body.by ?? '';
  if (parseDuration(by) === undefined)
    throw invalid('by', 'invalid_format', 'by is not an ISO 8601 duration such as P1M or PT5M.');
  return { by };
}

const amountProblems = {
  'not a number': 'invalid_type',
  'too many decimals': 'invalid_type',
  'not positive': 'out_of_range',
  'too large': 'out_of_range',
} as const satisfies Record<AmountProblem, ProblemKind>;

/** Whole minor units, above zero. */
export function readRefund(paymentId: string, body: { amount: number; reason?: string }): RefundInput {
  const amount = parseMinor(body.amount);
  if (typeof amount === 'string') throw invalid('amount', amountProblems[amount], `amount is ${amount}.`);
  return { paymentId, amount, reason: body.reason ?? '' };
}

/** A key's mode and lookup make it; other façades find a tenant by its id. */
export function lookupFor(facade: string, tenant: Pick<Tenant, 'id'>, ids: IdSource): string {
  return facade === 'native' ? ids.reference() : tenant.id;
}

const longestOverlap = 'P30D';

/** How long the old credential goes on working, in milliseconds; a day unless said otherwise. */
export function readOverlap(body: { overlap?: string } | null | undefined, now: Date): number {
  const duration = parseDuration(body?.overlap ?? 'PT24H');
  if (duration === undefined)
    throw invalid('overlap', 'invalid_format', 'overlap is not an ISO 8601 duration such as PT24H.');
  const end = addDuration(now, duration, 'UTC');
  if (end > addDuration(now, longestOverlap, 'UTC'))
    throw invalid('overlap', 'out_of_range', `overlap is at most ${longestOverlap}.`);
  return end.getTime() - now.getTime();
}

/** What is not said is as in the caller's own book. */
export function readSibling(
  body: { name: string; mode?: 'test' | 'live'; country?: string; zone?: string },
  tenant: Tenant,
  ids: IdSource,
): SiblingInput {
  return {
    name: body.name,
    mode: body.mode ?? 'test',
    country: body.country ?? tenant.country,
    zone: body.zone ?? tenant.zone,
    credential: { facade: 'native', lookup: ids.reference() },
  };
}
