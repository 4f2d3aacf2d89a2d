import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import type { Connection } from './connection.ts';
import { shareConnection } from './share-connection.ts';

/** A pool that remembers which of its connections are out, and complains of one that is given back twice. */
function countingPool({ isEmpty = false } = {}) {
  let opened = 0;
  let twice = 0;
  const out = new Set<Connection>();
  return {
    opened: () => opened,
    out,
    twice: () => twice,
    async open(): Promise<Connection> {
      opened += 1;
      await nextTurn();
      if (isEmpty) throw new Error('no connection is to be had');
      const connection: Connection = {
        release: () => {
          if (!out.delete(connection)) twice += 1;
        },
      } as Connection;
      out.add(connection);
      return connection;
    },
  };
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await nextTurn();
}

test('what is asked in one turn shares a connection, and the next turn has another', async () => {
  const pool = countingPool();
  const lend = shareConnection(pool.open);
  const used = await Promise.all([lend(async (one) => one), lend(async (one) => one)]);
  assert.equal(used[0], used[1]);
  await nextTurn();
  assert.notEqual(await lend(async (one) => one), used[0]);
  assert.equal(pool.opened(), 2);
});

test('a connection is lent to no more than thirty-two', async () => {
  const pool = countingPool();
  const lend = shareConnection(pool.open);
  await Promise.all(Array.from({ length: 65 }, () => lend(async () => {})));
  assert.equal(pool.opened(), 3);
});

test('every connection is given back once, when the last who had it has done, and one failure is one caller’s', async () => {
  const piece = fc.record({ turns: fc.integer({ min: 0, max: 4 }), fails: fc.boolean() });
  const property = fc.asyncProperty(
    fc.array(fc.array(piece, { maxLength: 40 }), { maxLength: 6 }),
    async (waves) => {
      const pool = countingPool();
      const lend = shareConnection(pool.open);
      const endings: Promise<PromiseSettledResult<void>[]>[] = [];
      for (const wave of waves) {
        const works = wave.map((one) =>
          lend(async (connection) => {
            await turns(one.turns);
            assert.ok(pool.out.has(connection), 'given back while it was used');
            if (one.fails) throw new Error('refused');
          }),
        );
        endings.push(Promise.allSettled(works));
        await nextTurn();
      }
      const settled = (await Promise.all(endings)).flat();
      assert.deepEqual(
        settled.map(({ status }) => status === 'rejected'),
        waves.flat().map(({ fails }) => fails),
      );
      await nextTurn();
      assert.deepEqual([pool.out.size, pool.twice()], [0, 0]);
    },
  );
  await fc.assert(property);
});

test('where there is no connection everybody is told, and the next turn tries again', async () => {
  const pool = countingPool({ isEmpty: true });
  const lend = shareConnection(pool.open);
  for (const turn of [1, 2]) {
    const endings = await Promise.allSettled([lend(async () => {}), lend(async () => {})]);
    assert.deepEqual(
      endings.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    await nextTurn();
    assert.equal(pool.opened(), turn);
  }
});
