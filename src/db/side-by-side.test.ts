import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { openTestDatabase } from '#test/support/database.ts';
import type { Database, Transaction } from './database.ts';
import { sideBySide } from './side-by-side.ts';

let database: Database;
before(async () => {
  database = await openTestDatabase();
  await database.execute(
    'create table counted (name text primary key, amount int not null check (amount >= 0))',
  );
});
after(() => database.close());
beforeEach(() =>
  database.execute("truncate counted; insert into counted values ('a', 1), ('b', 2), ('c', 3)"),
);

/** A transaction that notes the names of the statements it is given. */
function watched(transaction: Transaction, sent: string[]): Transaction {
  return {
    ...transaction,
    query: (sql, parameters, name) => {
      sent.push(name ?? sql);
      return transaction.query(sql, parameters, name);
    },
    writeRows: (sql, columns, name) => {
      sent.push(name);
      transaction.writeRows(sql, columns, name);
    },
    queryRows: (sql, columns, name) => {
      sent.push(name);
      return transaction.queryRows(sql, columns, name);
    },
  };
}

/** Adds to one row, or to several at once, and answers what each is then; nothing for a name that is not there. */
async function add(lane: Transaction, names: readonly string[], amount: number) {
  return lane.queryRows<{ amount: number }>(
    `update counted c set amount = c.amount + g.more from unnest($1::text[], $2::int[]) with ordinality as g (name, more, n)
     where c.name = g.name returning c.amount, g.n::int as n`,
    [names, names.map(() => amount)],
    'add',
  );
}

function insert(lane: Transaction, name: string, amount: number): void {
  lane.writeRows(
    'insert into counted select * from unnest($1::text[], $2::int[])',
    [[name], [amount]],
    'insert',
  );
}

async function amounts(): Promise<Record<string, number>> {
  const rows = await database.query<{ name: string; amount: number }>('select * from counted order by name');
  return Object.fromEntries(rows.map(({ name, amount }) => [name, amount]));
}

test('what several do at the same step is one statement, and each is answered for its own rows', async () => {
  const sent: string[] = [];
  const answers: unknown[] = [];
  await database.transaction((transaction) =>
    sideBySide(
      watched(transaction, sent),
      [['a'], ['c', 'nobody', 'b'], []].map((names, index) => async (lane) => {
        answers[index] = await add(lane, names, 10);
        insert(lane, `new ${index}`, index);
        answers[index + 3] = await add(lane, [`new ${index}`], 1);
      }),
    ),
  );
  assert.deepEqual(answers, [
    [{ amount: 11, n: 1 }],
    [
      { amount: 13, n: 1 },
      { amount: 12, n: 3 },
    ],
    [],
    [{ amount: 1, n: 1 }],
    [{ amount: 2, n: 1 }],
    [{ amount: 3, n: 1 }],
  ]);
  assert.deepEqual(sent, ['add', 'insert', 'add']);
  assert.deepEqual(await amounts(), { a: 11, b: 12, c: 13, 'new 0': 1, 'new 1': 2, 'new 2': 3 });
});

test('what one does stays in its order, whatever the others do', async () => {
  const work = (name: string, isFirstToAdd: boolean) => async (lane: Transaction) => {
    if (isFirstToAdd) await add(lane, ['a'], 0);
    insert(lane, name, 1);
    // The same statement again, about the same row: one statement would change the row once.
    for (const amount of [2, 3]) void add(lane, [name], amount);
    await lane.query('select 1');
    const rows = await lane.query('select amount from counted where name = $1', [name]);
    assert.deepEqual(rows, [{ amount: 6 }]);
  };
  await database.transaction((transaction) =>
    sideBySide(transaction, [work('x', false), work('y', true), work('z', false)]),
  );
  assert.deepEqual(await amounts(), { a: 1, b: 2, c: 3, x: 6, y: 6, z: 6 });
});

test('a statement that fails, or work that throws, is the end of all, once all have ended', async () => {
  let ended = 0;
  const failing = [
    async (lane: Transaction) => insert(lane, 'a', 1),
    async (lane: Transaction) => void (await add(lane, ['a'], -5)),
    async () => {
      throw new Error('not mine to do');
    },
  ];
  for (const fails of failing) {
    const patient = async (lane: Transaction) => {
      await add(lane, ['b'], 1).catch(() => undefined);
      ended += 1;
    };
    await assert.rejects(
      database.transaction((transaction) => sideBySide(transaction, [patient, fails, patient])),
      /counted|not mine to do/,
    );
  }
  assert.equal(ended, 6);
  assert.deepEqual(await amounts(), { a: 1, b: 2, c: 3 });
});
