import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TenantId } from '#kit/ids.ts';
import { type DueWork, startWork } from './work.ts';

const tenantId = '00000000-0000-0000-0000-000000000001' as TenantId;
const everyMs = 3_600_000;

test('a drain does what a loop has made due meanwhile, even where that loop is done before it is looked for', async () => {
  const claimed = Promise.withResolvers<void>();
  let letters = 1;
  let answers = 0;
  let answered = 0;
  const read: DueWork = {
    name: 'read',
    everyMs,
    async run(named) {
      // The loop has claimed the letter: whoever else looks finds none.
      if (named !== undefined || letters === 0) return 0;
      letters = 0;
      await claimed.promise;
      answers += 1;
      return 1;
    },
  };
  const answer: DueWork = {
    name: 'answer',
    everyMs,
    async run() {
      const found = answers;
      answers = 0;
      answered += found;
      claimed.resolve();
      for (let turn = 0; turn < 3; turn += 1) await nextTurn();
      return found;
    },
  };
  const work = startWork([read, answer], assert.fail);
  work.nudge('read');
  await work.drain(tenantId);
  assert.deepEqual([letters, answers, answered], [0, 0, 1]);
  await work.stop();
});

test('a drain ends though a loop never rests: what goes on and on is other tenants’', async () => {
  let looks = 0;
  const others: DueWork = {
    name: 'others',
    everyMs,
    async run(named) {
      await nextTurn();
      if (named === undefined) return 1;
      looks += 1;
      return 0;
    },
  };
  const work = startWork([others], assert.fail);
  work.nudge('others');
  try {
    await work.drain(tenantId);
    assert.equal(looks, 10);
  } finally {
    await work.stop();
  }
});
