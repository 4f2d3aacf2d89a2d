const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** The wait before each of the ten attempts (Standard Webhooks): 75 hours and 35 minutes in all. */
const waitsMs = [
  0,
  5 * secondMs,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  14 * hourMs,
  20 * hourMs,
  24 * hourMs,
] as const;

/** Before attempts beyond the ten, where a dialect makes more. */
const longestWaitMs = 24 * hourMs;

/** A receiver may ask for patience, not for eternity. */
const maxRetryAfterMs = 24 * hourMs;
const jitter = 0.1;

/**
 * When to try again after `attempts` attempts, the last of them failed at `at`; undefined when all have been made.
 * `random` in [0, 1) takes up to a tenth off the wait, so that what failed together does not come back together, and the
 * last attempt is never later than the schedule says. A receiver's `Retry-After` can lengthen the wait, to a day at most.
 */
export function nextAttemptAt(
  attempts: number,
  at: Date,
  random: number,
  { retryAfterMs = 0, maxAttempts = waitsMs.length }: { retryAfterMs?: number; maxAttempts?: number } = {},
): Date | undefined {
  const waitMs = attempts < maxAttempts ? (waitsMs[attempts] ?? longestWaitMs) : undefined;
  if (waitMs === undefined) return undefined;
  const jitteredMs = Math.round(waitMs * (1 - jitter * random));
  return new Date(at.getTime() + Math.max(jitteredMs, Math.min(retryAfterMs, maxRetryAfterMs)));
}

/** The wait before each of a subscriber's three retries: its document's, and short, because its circuit opens after them. */
const subscriberWaitsMs = [minuteMs, 5 * minuteMs, 25 * minuteMs] as const;

/** The same for what somebody subscribed to: undefined once the third retry has failed. */
export function nextRetryAt(attempts: number, at: Date): Date | undefined {
  const waitMs = subscriberWaitsMs[attempts - 1];
  return waitMs === undefined ? undefined : new Date(at.getTime() + waitMs);
}
