import assert from 'node:assert/strict';
import { AsyncResource } from 'node:async_hooks';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Database, Transaction } from '#db/database.ts';
import { CommitUnknownError, nothingCommitted, sqlState } from '#db/database-errors.ts';
import { openDatabase } from '#db/open-database.ts';
import { openTestDatabase } from '#test/support/database.ts';

const limits = { idleInTransactionMs: 200 };
const directory = mkdtempSync(join(tmpdir(), 'quittance-embedded-'));
after(() => rmSync(directory, { recursive: true, force: true }));

/** What every store promises. The same assertions run against each that is at hand. */
const stores: Record<string, () => Promise<Database>> = {
  [process.env.TEST_DATABASE_URL ? 'PostgreSQL' : 'the in-memory store']: () => openTestDatabase({ limits }),
  'the embedded store': () => openDatabase({ directory, limits, crash: assert.fail }),
};

for (const [name, open] of Object.entries(stores)) {
  describe(`on ${name}`, () => {
    let database: Database;
    before(async () => {
      database = await open();
      await database.execute(`
        create table things (id bigint primary key, word text);
        create table promises (id bigint primary key, thing bigint references things deferrable initially deferred)`);
    });
    after(() => database.close());

    const count = async () =>
      (await database.query<{ n: bigint }>('select count(*) as n from things'))[0]?.n ?? -1n;

    test('named reads that are asked together are answered each for itself', async () => {
      const divide = (by: number) =>
        database.query<{ quotient: number }>('select 6 / $1::int as quotient', [by], 'divide');
      const endings = await Promise.allSettled([1, 0, 2].map(divide));
      assert.deepEqual(
        endings.map((ending) => (ending.status === 'fulfilled' ? ending.value : sqlState(ending.reason))),
        [[{ quotient: 6 }], '22012', [{ quotient: 3 }]],
      );
    });

    test('however many read at once, a transaction still finds a connection', async () => {
      const read = (n: number) => database.query<{ n: number }>('select $1::int as n', [n], 'tell');
      for (let turn = 0; turn < 20; turn += 1) {
        const numbers = Array.from({ length: 100 }, (_, n) => n);
        const rows = await Promise.all(numbers.map(read));
        assert.deepEqual(
          rows.flat(),
          numbers.map((n) => ({ n })),
        );
      }
      assert.equal(await database.transaction(async () => 'done'), 'done');
    });

    test('what follows a transaction is done once it is committed, outside of it, and never where it is not', async () => {
      const found: Promise<bigint>[] = [];
      const before = await count();
      const insert = (id: number) => async (transaction: Transaction) => {
        transaction.afterCommit(() => found.push(count()));
        transaction.write('insert into things values ($1)', [id]);
        if (id === 9_001) throw new Error('not this one');
      };
      await database.transaction(insert(9_000));
      await assert.rejects(database.transaction(insert(9_001)), /not this one/);
      await assert.rejects(database.transaction(insert(9_000)), (error) => sqlState(error) === '23505');
      assert.deepEqual(await Promise.all(found), [before + 1n]);
      await database.query('delete from things where id = 9000');
    });

    test('values come back as the types the interface names', async () => {
      const [row] = await database.query(`
        select 9007199254740993::int8 as int8, sum(v) as sum, 1.50::numeric as numeric, 7::int4 as int4,
               array[1, null, 3]::int8[] as int8s, array[12.0, 12]::numeric[] as numerics,
               '2026-01-31'::date as date, array['2026-01-31'::date] as dates,
               '2026-01-31 10:00:00.123+02'::timestamptz as instant, '2026-01-31 10:00'::timestamp as local,
               '{"a": [1, null]}'::jsonb as json, '\\x00ff'::bytea as bytes, null::int8 as nothing, true as yes,
               array['a,b', 'c"d', null] as words
        from (values (9007199254740993::int8), (1::int8)) as t (v)`);
      assert.deepEqual(row, {
        int8: 9007199254740993n,
        sum: 9007199254740994n,
        numeric: '1.50',
        int4: 7,
        int8s: [1n, null, 3n],
        numerics: ['12.0', 12n],
        date: '2026-01-31',
        dates: ['2026-01-31'],
        instant: new Date('2026-01-31T08:00:00.123Z'),
        local: '2026-01-31 10:00:00',
        json: { a: [1, null] },
        bytes: Buffer.from([0, 255]),
        nothing: null,
        yes: true,
        words: ['a,b', 'c"d', null],
      });
    });

    test('parameters of every kind arrive as they were given', async () => {
      const at = new Date('2026-03-29T01:30:00.250Z');
      const [row] = await database.query(
        `select $1::int8 as amount, $2::timestamptz as at, $3::jsonb as json, $4::bytea as bytes, $5::text as text,
                $6::int8[] as amounts, $7::date as day`,
        [-5n, at, { price: '12', note: 'ö' }, Buffer.from('é'), null, [1n, 2n], '2024-02-29'],
      );
      assert.deepEqual(row, {
        amount: -5n,
        at,
        json: { price: '12', note: 'ö' },
        bytes: Buffer.from('é'),
        text: null,
        amounts: [1n, 2n],
        day: '2024-02-29',
      });
    });

    test('sessions are in UTC wherever the server stands', async () => {
      const rows = await database.query(`select '2026-06-30T23:30:00Z'::timestamptz::date as day`);
      assert.deepEqual(rows, [{ day: '2026-06-30' }]);
    });

    test('a named statement can be run again and beside others', async () => {
      const doubled = (n: bigint) => database.query('select $1::int8 * 2 as n', [n], 'doubled');
      assert.deepEqual(await Promise.all([doubled(1n), doubled(2n), doubled(21n)]), [
        [{ n: 2n }],
        [{ n: 4n }],
        [{ n: 42n }],
      ]);
    });

    test('query refuses more than one statement, execute takes a script', async () => {
      await assert.rejects(database.query('select 1; select 2'), /multiple commands/);
      assert.deepEqual(await database.execute('select 1 as n; select 2 as n'), [{ n: 1 }, { n: 2 }]);
    });

    test('a script that fails inside its own transaction leaves nothing open', async () => {
      await assert.rejects(database.execute('begin; insert into things values (1); select 1/0; commit'));
      assert.equal(await count(), 0n);
    });

    test('an SQL error names its state, and nothing was committed', async () => {
      await database.query(`insert into things values (10, 'ten')`);
      await assert.rejects(database.query(`insert into things values (10, 'again')`), (error) => {
        assert.equal(sqlState(error), '23505');
        assert.ok(nothingCommitted(error));
        return true;
      });
      await database.query('delete from things');
    });

    test('a transaction commits what it wrote, or nothing when its work throws', async () => {
      const answer = await database.transaction(async (transaction) => {
        await transaction.query(`insert into things values (20, 'kept')`);
        return 'answer';
      });
      assert.equal(answer, 'answer');
      const failure = new Error('changed my mind');
      const failing = database.transaction(async (transaction) => {
        await transaction.query(`insert into things values (21, 'gone')`);
        throw failure;
      });
      await assert.rejects(failing, failure);
      assert.equal(await count(), 1n);
      await database.query('delete from things');
    });

    test('a constraint checked at commit fails the transaction as an ordinary SQL error', async () => {
      const failing = database.transaction((transaction) =>
        transaction.query('insert into promises values (1, 404)'),
      );
      await assert.rejects(failing, (error) => sqlState(error) === '23503' && nothingCommitted(error));
    });

    test('a transaction whose work swallowed an SQL error is not reported as committed', async () => {
      const swallowing = database.transaction(async (transaction) => {
        await transaction.query('insert into things values (30)');
        await transaction.query('select 1/0').catch(() => {});
      });
      await assert.rejects(swallowing, /rolled back/);
      assert.equal(await count(), 0n);
    });

    test('statements a transaction starts at once run one after another', async () => {
      const rows = await database.transaction((transaction) =>
        Promise.all([1, 2, 3].map((n) => transaction.query('select $1::int as n', [n]))),
      );
      assert.deepEqual(rows, [[{ n: 1 }], [{ n: 2 }], [{ n: 3 }]]);
    });

    test('what is written without waiting is seen by the query behind it, and kept', async () => {
      const seen = await database.transaction(async (transaction) => {
        transaction.write('insert into things values ($1, $2)', [35n, 'ahead'], 'write-ahead');
        transaction.write('update things set word = $2 where id = $1', [35n, 'changed']);
        return transaction.query('select word from things where id = 35');
      });
      assert.deepEqual(seen, [{ word: 'changed' }]);
      assert.equal(await count(), 1n);
      await database.query('delete from things');
    });

    test('a transaction fails with the error of what it wrote without waiting, and keeps nothing', async () => {
      const works: ((transaction: Transaction) => Promise<unknown>)[] = [
        async () => {},
        (transaction) => transaction.query('select 1'),
        (transaction) => transaction.query('select 1').catch(() => {}),
      ];
      for (const work of works) {
        const failing = database.transaction((transaction) => {
          transaction.write('insert into things values (36)');
          transaction.write('insert into things values (36)');
          transaction.write('insert into things values (37)');
          return work(transaction);
        });
        await assert.rejects(failing, (error) => sqlState(error) === '23505' && nothingCommitted(error));
        assert.equal(await count(), 0n);
      }
    });

    test('what was written without waiting is undone when the work then throws', async () => {
      const failure = new Error('changed my mind');
      const failing = database.transaction(async (transaction) => {
        transaction.write('insert into things values (38)');
        throw failure;
      });
      await assert.rejects(failing, failure);
      assert.equal(await count(), 0n);
    });

    test('a transaction cannot be used once it is over', async () => {
      const leaked = await database.transaction(async (transaction) => transaction);
      await assert.rejects(leaked.query('select 1'), /over/);
      assert.throws(() => leaked.write('select 1'), /over/);
    });

    test('the database refuses a query from inside its own transaction at once', async () => {
      const nested = [
        () => database.query('select 1'),
        () => database.execute('select 1'),
        () => database.transaction(async () => {}),
      ];
      for (const query of nested) {
        await assert.rejects(database.transaction<unknown>(query), /A transaction is open here/);
      }
    });

    test('work started inside a transaction may use the database when the transaction is over', async () => {
      const later = await database.transaction(async () => new AsyncResource('later'));
      assert.deepEqual(await later.runInAsyncScope(() => database.query('select 1 as n')), [{ n: 1 }]);
    });

    test('a transaction that waits for something outside is rolled back and does not block the store', async () => {
      const stuck = database.transaction(async (transaction) => {
        await transaction.query('insert into things values (40)');
        await new Promise(() => {});
      });
      await assert.rejects(stuck, /waited 200 ms/);
      assert.equal(await count(), 0n);
    });

    test('a collision is retried a bounded number of times', async () => {
      let attempts = 0;
      const colliding = (successAt: number) => {
        attempts = 0;
        return database.transaction(async (transaction) => {
          attempts += 1;
          if (attempts < successAt) await transaction.query(raise('40001'));
          return 'done';
        });
      };
      assert.equal(await colliding(5), 'done');
      await assert.rejects(colliding(6), (error) => sqlState(error) === '40001');
      assert.equal(attempts, 5);
    });

    test('a commit whose wait for the standby was cancelled is unknown, not done', async () => {
      await database.execute(`
        create function warn_like_a_cancelled_wait() returns trigger language plpgsql as $$
        begin
          raise warning 'canceling wait for synchronous replication due to user request';
          return null;
        end $$;
        create constraint trigger warn after insert on things deferrable initially deferred
          for each row execute function warn_like_a_cancelled_wait()`);
      const insert = 'insert into things values (50)';
      await assert.rejects(database.query(insert), CommitUnknownError);
      await database.query('delete from things');
      await assert.rejects(
        database.transaction((transaction) => transaction.query(insert)),
        CommitUnknownError,
      );
      await database.execute('drop trigger warn on things; delete from things');
    });

    function raise(state: string): string {
      return `do $$ begin raise exception using errcode = '${state}'; end $$`;
    }
  });
}
