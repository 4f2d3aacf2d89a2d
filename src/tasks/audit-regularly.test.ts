import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { startAudits } from './audit-regularly.ts';

const second = 1_000;

test('the audit runs every minute while it is fast, and a twentieth of the time where it is not', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const now = new Date('2026-03-01T12:00:00Z');
  let runs = 0;
  let tookMs = 0;
  let elapsedMs = 0;
  let nextAt = 0;
  const audits = startAudits({
    audit: async () => {
      runs += 1;
      elapsedMs += tookMs;
      return { ok: true, checks: [] };
    },
    clock: { now: () => now },
    elapsedMs: () => elapsedMs,
    metrics: {
      auditFailures: { set: () => undefined },
      auditedAt: { set: () => undefined },
      nextAuditAt: {
        set: (seconds) => {
          nextAt = seconds;
        },
      },
    },
    log: { error: () => undefined, info: () => undefined },
  });
  const pass = async (ms: number) => {
    mock.timers.tick(ms);
    await setImmediate();
    return runs;
  };
  assert.deepEqual([await pass(59 * second), await pass(second)], [0, 1]);
  assert.equal(nextAt, now.getTime() / second + 60);
  tookMs = 10 * second;
  assert.deepEqual([await pass(59 * second), await pass(second)], [1, 2]);
  assert.equal(nextAt, now.getTime() / second + 190);
  assert.deepEqual([await pass(189 * second), await pass(second)], [2, 3]);
  await audits.stop();
  assert.equal(await pass(1_000 * second), 3);
  mock.timers.reset();
});
