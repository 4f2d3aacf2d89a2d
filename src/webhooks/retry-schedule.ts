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

/** What a receiver asks for, and what its dialect's documents say. */
interface Deviation {
  readonly retryAfterMs?: number | undefined;
  readonly maxAttempts?: number | undefined;
  /** The wait before each retry, exactly, and no retries beyond; in place of all of the above. */
  readonly retriesMs?: readonly number[] | undefined;
}

/**
 * When to try again after `attempts` attempts, the last of them failed at `at`; undefined when all have been made.
 * `random` in [0, 1) takes up to a tenth off the wait, so that what failed together does not come back together, and the
 * last attempt is never later than the schedule says. A receiver's `Retry-After` can lengthen the wait, to a day at most.
 */
export function nextAttemptAt(
  attempts: number,
  at: Date,
  random: number,
  { retryAfterMs = 0, maxAttempts = waitsMs.length, retriesMs }: Deviation = {},
): Date | undefined {
  if (retriesMs !== undefined) return laterBy(at, retriesMs[attempts - 1]);
  if (attempts >= maxAttempts) return undefined;
  const jitteredMs = Math.round((waitsMs[attempts] ?? longestWaitMs) * (1 - jitter * random));
  return laterBy(at, Math.max(jitteredMs, Math.min(retryAfterMs, maxRetryAfterMs)));
}

function laterBy(at: Date, waitMs: number | undefined): Date | undefined {
  return waitMs === undefined ? undefined : new Date(at.getTime() + waitMs);
}
