import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { openTestDatabase } from '#test/support/database.ts';
import type { Columns, Numbered } from './database.ts';
import { readTogether } from './read-together.ts';
import { withoutNumbers } from './rows-together.ts';
import { selectForEach } from './select-for-each.ts';

/** A store that answers a row with itself, twice where it is even and not at all where it is negative. */
function echoingStore() {
  const sent: { name: string; count: number }[] = [];
  const read = async (_sql: string, [rows = []]: Columns, name: string): Promise<Numbered[]> => {
    sent.push({ name, count: rows.length });
    await nextTurn();
    if (name === 'fails') throw new Error('the statement failed');
    return rows.flatMap((value, index) => {
      const answer = () => ({ n: index + 1, value });
      if (Number(value) < 0) return [];
      return Number(value) % 2 === 0 ? [answer(), answer()] : [answer()];
    });
  };
  return { sent, read };
}

test('everybody is answered of their own rows, whatever others ask in the same turn', async () => {
  const asked = fc.array(
    fc.record({ name: fc.constantFrom('a', 'b'), rows: fc.array(fc.integer({ min: -3, max: 9 })) }),
  );
  const property = fc.asyncProperty(fc.array(asked, { maxLength: 4 }), async (turns) => {
    const ask = readTogether(echoingStore().read);
    const alone = echoingStore();
    const answers: Promise<unknown>[] = [];
    for (const turn of turns) {
      for (const { name, rows } of turn) answers.push(ask('select', [rows], name));
      await nextTurn();
    }
    const expected = turns.flat().map(({ name, rows }) => alone.read('select', [rows], name));
    assert.deepEqual(await Promise.all(answers), await Promise.all(expected));
  });
  await fc.assert(property);
});

test('what is asked in one turn is one statement for each name, of no more rows than is good', async () => {
  const { sent, read } = echoingStore();
  const ask = readTogether(read);
  const many = Array.from({ length: 200 }, (_, index) => index);
  const first = [ask('select', [[1]], 'a'), ask('select', [[2, 3]], 'b'), ask('select', [[4, 5]], 'a')];
  await Promise.all(first);
  await Promise.all([ask('select', [many], 'a'), ask('select', [many], 'a'), ask('select', [[1]], 'a')]);
  assert.deepEqual(sent, [
    { name: 'a', count: 3 },
    { name: 'b', count: 2 },
    { name: 'a', count: 200 },
    { name: 'a', count: 201 },
  ]);
});

test('a statement that fails is the failure of all who asked it, and of nobody else', async () => {
  const ask = readTogether(echoingStore().read);
  const answers = [
    ask('select', [[1]], 'fails'),
    ask('select', [[1]], 'holds'),
    ask('select', [[2]], 'fails'),
  ];
  const outcomes = await Promise.allSettled(answers);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['rejected', 'fulfilled', 'rejected'],
  );
  assert.deepEqual(await ask('select', [[5]], 'holds'), [{ n: 1, value: 5 }]);
});

test('what is read for several does not run in the context of the one that asked first', async () => {
  const context = new AsyncLocalStorage<string>();
  const seen: unknown[] = [];
  const ask = readTogether(async () => {
    seen.push(context.getStore());
    return [];
  });
  const many = Array.from({ length: 200 }, () => 1);
  await context.run('a caller', () =>
    Promise.all([many, many, many].map((rows) => ask('select', [rows], 'a'))),
  );
  assert.deepEqual(seen, [undefined, undefined, undefined]);
});

test('on a real store each finds its own, none or several, in the order that was asked for', async () => {
  const database = await openTestDatabase();
  try {
    await database.execute(
      "create table things (owner text, name text, rank int); insert into things values ('x', 'b', 2), ('x', 'a', 1), ('y', 'c', 3)",
    );
    const things = selectForEach(
      { owner: 'text', unlike: 'text' },
      'select name, rank from things where owner = g.owner and name <> g.unlike',
      ['rank'],
    );
    const ask = async (...owners: string[]) =>
      withoutNumbers(
        await database.queryRows<{ name: string; rank: number }>(
          things,
          [owners, owners.map(() => 'c')],
          'things',
        ),
      ).map(({ name }) => name);
    const answers = await Promise.all([ask('y'), ask('x'), ask('nobody'), ask('y', 'x'), ask('x')]);
    assert.deepEqual(answers, [[], ['a', 'b'], [], ['a', 'b'], ['a', 'b']]);
    await database.transaction(async () => {
      await assert.rejects(ask('x'), /A transaction is open here/);
    });
  } finally {
    await database.close();
  }
});
