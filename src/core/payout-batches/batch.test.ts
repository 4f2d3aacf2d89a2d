import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type BatchAction, type BatchStatus, requireBatch, requireWhole } from './batch.ts';

/** What may be done in each status, from the text of the document, beside the code's own table. */
const allowed = {
  created: ['add', 'change', 'start', 'cancel'],
  held: ['release', 'cancel'],
  funding: [],
  processing: [],
  completed: [],
  cancelled: [],
} as const satisfies Record<BatchStatus, readonly BatchAction[]>;

const actions = ['add', 'change', 'start', 'release', 'cancel'] as const satisfies readonly BatchAction[];

describe('a batch', () => {
  for (const [status, now] of Object.entries(allowed) as [BatchStatus, readonly BatchAction[]][])
    it(`that is ${status} allows ${now.join(' and ') || 'nothing'}, and refuses the rest`, () => {
      for (const action of actions) {
        const what = `${action} of what is ${status}`;
        if (now.includes(action)) assert.doesNotThrow(() => requireBatch({ status }, action), what);
        else assert.throws(() => requireBatch({ status }, action), { code: 'conflict' }, what);
      }
    });

  it('is started with something in it, and with all that was expected', () => {
    const batch = { expectedTotal: 300n, expectedCount: 2, total: 300n, payouts: 2 };
    assert.doesNotThrow(() => requireWhole(batch));
    assert.doesNotThrow(() => requireWhole({ ...batch, expectedTotal: null, expectedCount: null }));
    for (const wrong of [
      { total: 299n },
      { expectedCount: 3 },
      { payouts: 0, total: 0n, expectedCount: 0, expectedTotal: null },
    ])
      assert.throws(() => requireWhole({ ...batch, ...wrong }), { code: 'conflict' });
  });
});
