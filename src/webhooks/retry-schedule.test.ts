import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextAttemptAt } from './retry-schedule.ts';

const start = new Date('2026-11-20T12:00:00Z');
const hourMs = 3_600_000;

/** The hours after the event at which every attempt is made, when all of them fail at once. */
function attemptHours(random: number): number[] {
  const hours: number[] = [];
  let at = nextAttemptAt(0, start, random);
  while (at !== undefined) {
    hours.push((at.getTime() - start.getTime()) / hourMs);
    at = nextAttemptAt(hours.length, at, random);
  }
  return hours;
}

test('ten attempts are made over 75 hours and 35 minutes', () => {
  const waits = attemptHours(0).map((hour, index, hours) =>
    Math.round((hour - (hours[index - 1] ?? 0)) * 3_600),
  );
  assert.deepEqual(waits, [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]);
  assert.equal(Math.floor((attemptHours(0).at(-1) ?? 0) * 60), 75 * 60 + 35);
});

test('jitter takes at most a tenth off each wait and never adds', () => {
  const latest = attemptHours(0);
  const earliest = attemptHours(0.999_999);
  assert.equal(earliest.length, 10);
  for (const [index, hour] of attemptHours(0.5).entries()) {
    assert.equal(hour <= (latest[index] ?? 0), true);
    assert.equal(hour >= (earliest[index] ?? 0), true);
    assert.equal((earliest[index] ?? 0) >= (latest[index] ?? 0) * 0.9 - 0.001, true);
  }
});

test('a receiver can ask for more patience, for a day at most, and not for less', () => {
  const after = (retryAfterMs: number) =>
    (nextAttemptAt(1, start, 0, { retryAfterMs })?.getTime() ?? 0) - start.getTime();
  assert.equal(after(120_000), 120_000);
  assert.equal(after(1_000), 5_000);
  assert.equal(after(365 * 24 * hourMs), 24 * hourMs);
});

test('after the tenth attempt there is none, whatever the receiver asks', () => {
  assert.equal(nextAttemptAt(10, start, 0), undefined);
  assert.equal(nextAttemptAt(10, start, 0, { retryAfterMs: 1_000 }), undefined);
});
