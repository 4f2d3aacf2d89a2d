import type { IncomingHttpHeaders } from 'node:http';

const secondsPattern = /^\d{1,9}$/;

/**
 * How long the receiver asks us to wait, in milliseconds, from its `Retry-After` header. A date is measured against
 * the receiver's own `Date`, so that its clock need not agree with ours.
 */
export function retryAfterMs(headers: IncomingHttpHeaders): number | undefined {
  const value = headers['retry-after'];
  if (value === undefined) return undefined;
  if (secondsPattern.test(value)) return Number(value) * 1_000;
  const waitMs = Date.parse(value) - Date.parse(headers.date ?? '');
  return waitMs >= 0 ? waitMs : undefined;
}
