import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CoreError } from './errors.ts';
import { createTurns } from './turns.ts';

describe('turns', () => {
  it('let so many work at once, the others in the order of asking, and refuse who would wait too long', async () => {
    const turns = createTurns({ atOnce: 2, waiting: 2 });
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const ask = (number: number) =>
      turns.take(async () => {
        begun.push(number);
        await new Promise<void>((resolve) => ends.push(resolve));
        return number;
      });
    const asked = [1, 2, 3, 4].map(ask);
    const refused = ask(5).catch((error: CoreError) => error.code);
    // Not awaited before it is known that it was not let in: what was let in ends only when it is told to.
    await new Promise(setImmediate);
    assert.deepEqual(begun, [1, 2]);
    assert.equal(await refused, 'unavailable');
    ends[1]?.();
    assert.equal(await asked[1], 2);
    assert.deepEqual(begun, [1, 2, 3]);
    ends[0]?.();
    assert.equal(await asked[0], 1);
    assert.deepEqual(begun, [1, 2, 3, 4]);
    ends[2]?.();
    ends[3]?.();
    assert.deepEqual(await Promise.all(asked), [1, 2, 3, 4]);
  });

  it('go on after work that failed', async () => {
    const turns = createTurns({ atOnce: 1, waiting: 0 });
    await assert.rejects(
      turns.take(() => Promise.reject(new Error('no'))),
      /no/,
    );
    assert.equal(await turns.take(async () => 7), 7);
  });
});
