import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CoreError } from '#kit/errors.ts';
import { readLimit, readOverlap, readRefund, readTurn } from './translate.ts';

function refuses(work: () => unknown, property: string): void {
  assert.throws(work, (error) => {
    assert.ok(error instanceof CoreError);
    assert.equal(error.code, 'validation_failed');
    assert.equal(error.problems[0]?.property, property);
    return true;
  });
}

test('a turn of the clock is a duration or an instant', () => {
  assert.deepEqual(readTurn({ by: 'P1M' }), { by: 'P1M' });
  assert.deepEqual(readTurn({ to: '2027-01-31T00:00:00Z' }), { to: new Date('2027-01-31T00:00:00Z') });
  for (const by of ['', '1 day', '-P1D', 'P1000Y']) refuses(() => readTurn({ by }), 'by');
  refuses(() => readTurn({ to: '2027-06-30T23:59:60Z' }), 'to');
});

test('a refund is a whole number of minor units above zero', () => {
  assert.deepEqual(readRefund('p', { amount: 1 }), { paymentId: 'p', amount: 1n, reason: '' });
  assert.equal(readRefund('p', { amount: 1_000_000_000_000 }).amount, 1_000_000_000_000n);
  for (const amount of [0, -1, 0.5, 1_000_000_000_001, 1e300, Number.NaN, Number.POSITIVE_INFINITY])
    refuses(() => readRefund('p', { amount }), 'amount');
});

test('a rotated key goes on working for a day, or as long as was asked for, up to thirty days', () => {
  const now = new Date('2027-03-27T12:00:00Z');
  const hourMs = 3_600_000;
  assert.equal(readOverlap(null, now), 24 * hourMs);
  assert.equal(readOverlap({}, now), 24 * hourMs);
  assert.equal(readOverlap({ overlap: 'PT0S' }, now), 0);
  assert.equal(readOverlap({ overlap: 'P30D' }, now), 30 * 24 * hourMs);
  for (const overlap of ['P31D', '-PT1H', 'a day']) refuses(() => readOverlap({ overlap }, now), 'overlap');
});

test('a limit that is not given, or empty, is fifty', () => {
  assert.equal(readLimit({}), 50);
  assert.equal(readLimit({ limit: '' }), 50);
  assert.equal(readLimit({ limit: '200' }), 200);
});
