import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { openTestDatabase } from '#test/support/database.ts';
import { CommitUnknownError } from './database-errors.ts';
import { groupCommit } from './group-commit.ts';

/** What becomes of an input: written, refused alone, refused together with its statement, or nobody knows. */
type Fate = 'written' | 'row refused' | 'statement refused' | 'unknown';
interface Row {
  readonly id: number;
  readonly fate: Fate;
}

function refusal(): Error {
  return Object.assign(new Error('duplicate key'), { code: '23505', severity: 'ERROR' });
}

/** A table that fails as a real one would: a refused statement writes nothing, an unknown one wrote after all. */
function faultyTable() {
  const written: number[] = [];
  const sizes: number[] = [];
  let inFlight = 0;
  let mostInFlight = 0;
  return {
    written,
    sizes,
    mostInFlight: () => mostInFlight,
    async run(rows: readonly Row[]): Promise<(string | Error)[]> {
      sizes.push(rows.length);
      inFlight += 1;
      mostInFlight = Math.max(mostInFlight, inFlight);
      await nextTurn();
      inFlight -= 1;
      if (rows.some(({ fate }) => fate === 'statement refused')) throw refusal();
      const accepted = rows.filter(({ fate }) => fate !== 'row refused');
      written.push(...accepted.map(({ id }) => id));
      if (rows.some(({ fate }) => fate === 'unknown'))
        throw new CommitUnknownError(new Error('connection lost'));
      return rows.map((row) => (accepted.includes(row) ? `wrote ${row.id}` : refusal()));
    },
  };
}

const waves = (...fates: Fate[]) =>
  fc.array(fc.array(fc.constantFrom(...fates), { maxLength: 12 }), { maxLength: 8 }).map((lists) => {
    let id = 0;
    return lists.map((list) => list.map((fate): Row => ({ id: id++, fate })));
  });

test('every caller gets its own outcome, and each accepted row is written exactly once', async () => {
  const property = fc.asyncProperty(
    waves('written', 'written', 'row refused', 'statement refused'),
    fc.integer({ min: 1, max: 5 }),
    fc.integer({ min: 1, max: 3 }),
    async (rows, maxBatch, maxInFlight) => {
      const table = faultyTable();
      const write = groupCommit({ run: table.run, maxBatch, maxInFlight });
      const outcomes: Promise<PromiseSettledResult<string>[]>[] = [];
      for (const wave of rows) {
        outcomes.push(Promise.allSettled(wave.map(write)));
        await nextTurn();
      }
      const settled = (await Promise.all(outcomes)).flat();
      for (const [index, { id, fate }] of rows.flat().entries()) {
        const outcome = settled[index];
        if (fate === 'written') assert.deepEqual(outcome, { status: 'fulfilled', value: `wrote ${id}` });
        else assert.equal(outcome?.status, 'rejected');
      }
      const accepted = rows.flat().filter(({ fate }) => fate === 'written');
      assert.deepEqual(
        table.written.toSorted((a, b) => a - b),
        accepted.map(({ id }) => id),
      );
      assert.ok(table.sizes.every((size) => size <= maxBatch));
      assert.ok(table.mostInFlight() <= maxInFlight);
    },
  );
  await fc.assert(property);
});

test('an unknown commit reaches every caller of the batch as unknown and is never written again', async () => {
  const property = fc.asyncProperty(waves('written', 'unknown'), async (rows) => {
    const table = faultyTable();
    const write = groupCommit({ run: table.run });
    const all = rows.flat();
    const outcomes = await Promise.allSettled(all.map(write));
    assert.equal(new Set(table.written).size, table.written.length, 'a row was written twice');
    const isUnknown = all.some(({ fate }) => fate === 'unknown');
    for (const outcome of outcomes) {
      assert.equal(outcome.status, isUnknown ? 'rejected' : 'fulfilled');
      if (outcome.status === 'rejected') assert.ok(outcome.reason instanceof CommitUnknownError);
    }
  });
  await fc.assert(property);
});

test('negative control: were an unknown commit taken for a refusal, rows would be written twice', async () => {
  const table = faultyTable();
  const mistaken = (rows: readonly Row[]) =>
    table.run(rows).catch(() => {
      throw refusal();
    });
  const write = groupCommit({ run: mistaken });
  const rows: Row[] = [
    { id: 1, fate: 'written' },
    { id: 2, fate: 'unknown' },
  ];
  await Promise.allSettled(rows.map(write));
  assert.notEqual(new Set(table.written).size, table.written.length);
});

/** A table whose statements wait until they are let go, with what was begun in which statement. */
function gatedTable() {
  const begun: number[][] = [];
  const gate = Promise.withResolvers<void>();
  return {
    begun,
    release: gate.resolve,
    async run(rows: readonly number[]): Promise<number[]> {
      begun.push([...rows]);
      await gate.promise;
      return [...rows];
    },
  };
}

test('calls made while a batch is under way are gathered into the next', async () => {
  const table = gatedTable();
  const write = groupCommit({ run: table.run });
  const writes: Promise<number>[] = [];
  for (const id of [0, 1, 2]) {
    writes.push(write(id));
    await nextTurn();
  }
  assert.deepEqual(table.begun, [[0]]);
  table.release();
  assert.deepEqual(await Promise.all(writes), [0, 1, 2]);
  assert.deepEqual(table.begun, [[0], [1, 2]]);
});

test('a batch is not waited for by as many as it is of, where those are enough', async () => {
  const table = gatedTable();
  const write = groupCommit({ run: table.run, enough: 3 });
  const writes: Promise<number>[] = [];
  let id = 0;
  const ask = async (count: number) => {
    for (let asked = 0; asked < count; asked += 1) writes.push(write(id++));
    await nextTurn();
  };
  const sizes = () => table.begun.map((rows) => rows.length);
  for (const count of [1, 2]) await ask(count);
  assert.deepEqual(sizes(), [1], 'as many, but few');
  await ask(2);
  assert.deepEqual(sizes(), [1, 4]);
  await ask(3);
  assert.deepEqual(sizes(), [1, 4], 'enough, but fewer');
  await ask(1);
  assert.deepEqual(sizes(), [1, 4, 4]);
  table.release();
  assert.deepEqual(await Promise.all(writes), [...Array(9).keys()]);
});

test('a batch that is kept waiting does not keep the others back for long', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const table = gatedTable();
  const write = groupCommit({ run: table.run, maxInFlight: 2, overtakeMs: 25 });
  const writes: Promise<number>[] = [];
  for (const id of [0, 1, 2]) {
    writes.push(write(id));
    await nextTurn();
    t.mock.timers.tick(25);
  }
  assert.deepEqual(table.begun, [[0], [1]], 'no more are under way than may be');
  table.release();
  assert.deepEqual(await Promise.all(writes), [0, 1, 2]);
});

test('where all batches are slow, one that is as slow as usual is not overtaken', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let nowMs = 0;
  const begun: number[] = [];
  const open: (() => void)[] = [];
  const write = groupCommit({
    nowMs: () => nowMs,
    overtakeMs: 25,
    run: async (rows: readonly number[]) => {
      begun.push(...rows);
      await new Promise<void>((resolve) => open.push(resolve));
      return rows;
    },
  });
  const pass = async (ms: number) => {
    nowMs += ms;
    t.mock.timers.tick(ms);
    await nextTurn();
  };
  const writes: Promise<number>[] = [];
  const begin = async (id: number) => {
    writes.push(write(id));
    await nextTurn();
  };
  for (let id = 0; id < 20; id += 1) {
    await begin(id);
    await pass(40);
    open.pop()?.();
    await nextTurn();
  }
  await begin(20);
  await pass(40);
  await begin(21);
  assert.equal(begun.at(-1), 20, 'as slow as usual');
  await pass(40);
  assert.equal(begun.at(-1), 21, 'twice as slow as usual');
  for (const release of open) release();
  assert.deepEqual(await Promise.all(writes), [...Array(22).keys()]);
});

test('calls made in one turn of the event loop share a batch, though each is a task of its own', async () => {
  const table = faultyTable();
  const write = groupCommit({ run: table.run });
  await Promise.all([0, 1, 2].map((id) => nextTurn().then(() => write({ id, fate: 'written' }))));
  assert.deepEqual(table.sizes, [3]);
});

test('a statement that does not answer every input fails all its callers', async () => {
  const write = groupCommit({ run: async () => ['only one'] });
  const outcomes = await Promise.allSettled([write(1), write(2)]);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
});

test('a batch does not run in the context of the caller that happened to start it', async () => {
  const context = new AsyncLocalStorage<string>();
  const seen: unknown[] = [];
  const write = groupCommit({
    run: async (inputs: readonly number[]) => {
      seen.push(context.getStore());
      return inputs;
    },
  });
  await context.run('a caller', () => Promise.all([write(1), nextTurn().then(() => write(2))]));
  assert.deepEqual(seen, [undefined, undefined]);
});

test('on a real store a duplicate key fails its own call and no other', async () => {
  const database = await openTestDatabase();
  try {
    await database.execute('create table numbers (n bigint primary key)');
    const insert = groupCommit({
      run: async (inputs: readonly bigint[]) => {
        await database.query('insert into numbers select unnest($1::int8[])', [inputs], 'insert-numbers');
        return inputs;
      },
    });
    const inputs = Array.from({ length: 100 }, (_, index) => BigInt(index % 90));
    const outcomes = await Promise.allSettled(inputs.map(insert));
    assert.equal(outcomes.filter(({ status }) => status === 'rejected').length, 10);
    assert.deepEqual(await database.query('select count(*) as n from numbers'), [{ n: 90n }]);
  } finally {
    await database.close();
  }
});
