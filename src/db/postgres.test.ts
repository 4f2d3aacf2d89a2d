import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { openTestDatabase } from '#test/support/database.ts';
import { type Fate, type PostgresDouble, startPostgresDouble } from '#test/support/postgres-double.ts';
import type { Database } from './database.ts';
import { CommitUnknownError, sqlState } from './database-errors.ts';
import { openDatabase } from './open-database.ts';

test('a server that would forget what it confirmed is refused', async () => {
  for (const [name, value] of [
    ['fsync', 'off'],
    ['synchronous_commit', 'off'],
  ] as const) {
    const server = await startPostgresDouble({ [name]: value });
    await assert.rejects(openDatabase({ url: server.url }), new RegExp(`runs with ${name}=${value}`));
    await server.close();
  }
});

test('a server that cannot be reached is an ordinary error: nothing happened', async () => {
  const unreachable = openDatabase({ url: 'postgres://postgres@127.0.0.1:1/postgres' });
  await assert.rejects(unreachable, (error) => !(error instanceof CommitUnknownError));
});

describe('when the connection is lost', () => {
  let server: PostgresDouble;
  let database: Database;
  before(async () => {
    server = await startPostgresDouble({});
    database = await openDatabase({ url: server.url, limits: { connections: 1, statementMs: 250 } });
    await database.execute('create table things (id bigint primary key)');
  });
  afterEach(async () => {
    server.fate = () => 'answer';
    await database.query('delete from things');
  });
  after(async () => {
    await database.close();
    await server.close();
  });

  /** The first message that holds `text` meets this fate; all others are answered. */
  function once(text: string, fate: Fate): void {
    server.fate = (message) => {
      if (!message.includes(text)) return 'answer';
      server.fate = () => 'answer';
      return fate;
    };
  }
  const insert = () =>
    database.transaction((transaction) => transaction.query('insert into things values (1)'));
  const count = async () => (await database.query('select from things')).length;

  test('after a statement nobody waited for, the outcome is unknown, since the commit went with it', async () => {
    const inserting = () =>
      database.transaction(async (transaction) => transaction.write('insert into things values (2)'));
    once('insert into things values (2)', 'drop after');
    await assert.rejects(inserting(), CommitUnknownError);
    assert.equal(await count(), 1);
    await database.query('delete from things');
    once('insert into things values (2)', 'drop before');
    await assert.rejects(inserting(), CommitUnknownError);
    assert.equal(await count(), 0);
  });

  test('under reads that share it, all of them fail, and the next has another', async () => {
    const read = (id: number) => database.query('select from things where id = $1', [id], 'find-thing');
    once('select from things where id', 'drop before');
    const endings = await Promise.allSettled([read(1), read(2)]);
    assert.deepEqual(
      endings.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    assert.deepEqual(await read(3), []);
  });

  test('while committing, the outcome is unknown, whether or not the commit happened', async () => {
    once('commit\0', 'drop after');
    await assert.rejects(insert(), CommitUnknownError);
    assert.equal(await count(), 1);
    await database.query('delete from things');
    once('commit\0', 'drop before');
    await assert.rejects(insert(), CommitUnknownError);
    assert.equal(await count(), 0);
  });

  test('during the work of a transaction, nothing was committed and the error is an ordinary one', async () => {
    once('insert into things', 'drop after');
    await assert.rejects(insert(), (error) => !(error instanceof CommitUnknownError));
    assert.equal(await count(), 0);
  });

  test('during a statement on its own, the outcome is unknown', async () => {
    once('insert into things', 'drop after');
    await assert.rejects(database.query('insert into things values (1)'), CommitUnknownError);
    assert.equal(await count(), 1);
  });

  test('by a server that never answers, the outcome is unknown as soon as the limit has passed', async () => {
    once('commit\0', 'never answer');
    await assert.rejects(insert(), CommitUnknownError);
  });
});

if (process.env.TEST_DATABASE_URL) {
  test('the server cancels a statement that runs past its limit, and nothing was committed', async () => {
    const database = await openTestDatabase({ limits: { statementMs: 200 } });
    await assert.rejects(database.query('select pg_sleep(60)'), (error) => sqlState(error) === '57014');
    await database.close();
  });
}
