import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import type { Database, Transaction } from '#db/database.ts';
import { sqlState } from '#db/database-errors.ts';
import { openDatabase } from '#db/open-database.ts';
import { runStatement } from '#db/statement.ts';
import { valueTypes } from '#db/value-types.ts';
import { openTestDatabase } from '#test/support/database.ts';
import { startPostgresDouble } from '#test/support/postgres-double.ts';

describe('a statement with a name', () => {
  let database: Database;
  before(async () => {
    database = await openTestDatabase();
    await database.execute('create table notes (id int8 primary key, text text)');
  });
  after(() => database.close());

  const ask = (transaction: Transaction, id: bigint) =>
    transaction.query('select id, text from notes where id >= $1 order by id', [id], 'notes-from');

  test('answers rows of its own columns each time it runs, beside others of other columns', async () => {
    await database.transaction(async (transaction) => {
      for (const id of [1n, 2n, 3n]) {
        const added = await transaction.query(
          'insert into notes values ($1, $2) returning text, $1 + 1 as next',
          [id, id === 2n ? null : `note ${id}`],
          'add-note',
        );
        assert.deepEqual(added, [{ text: id === 2n ? null : `note ${id}`, next: id + 1n }]);
        assert.deepEqual((await ask(transaction, id)).at(-1), { id, text: added[0]?.text });
      }
      const [rows, none] = await Promise.all([ask(transaction, 1n), ask(transaction, 9n)]);
      assert.deepEqual(rows, [
        { id: 1n, text: 'note 1' },
        { id: 2n, text: null },
        { id: 3n, text: 'note 3' },
      ]);
      assert.deepEqual(none, []);
    });
  });

  test('is refused, not misread, once its columns have become others', async () => {
    const all = (transaction: Transaction) => transaction.query('select * from notes', [], 'all-notes');
    const change = database.transaction(async (transaction) => {
      assert.equal((await all(transaction)).length, 3);
      await transaction.execute('alter table notes rename column text to words');
      return all(transaction);
    });
    await assert.rejects(change, (error) => sqlState(error) === '0A000');
    assert.deepEqual(Object.keys((await database.query('select * from notes'))[0] ?? {}), ['id', 'text']);
  });

  test('that cannot be read fails alone, and its connection goes on', async (t) => {
    t.mock.method(valueTypes, 'getTypeParser', () => () => {
      throw new Error('unreadable');
    });
    await database.transaction(async (transaction) => {
      await assert.rejects(transaction.query("select 'x' as x", [], 'unread'), /unreadable/);
      t.mock.restoreAll();
      assert.deepEqual(await transaction.query("select 'x' as y", [], 'read'), [{ y: 'x' }]);
    });
  });
});

test('a row of more values, or fewer, than its statement has columns is refused', async () => {
  for (const [values, refused] of [
    [['1'], false],
    [['1', '2'], true],
    [[], true],
  ] as const) {
    const asked = runStatement(answering(values), { sql: '', values: [], name: 'one' });
    if (refused) await assert.rejects(asked, new RegExp(`${values.length} values for 1 columns`));
    else assert.deepEqual(await asked, [{ first: '1' }]);
  }
});

/** The message that asks what the statement just bound answers: type, length, portal, the unnamed one. */
const describePortal = 'D\0\0\0\u0006P\0';

test('the server is asked once for each connection what a named statement answers, and each time what has no name does', async (t) => {
  const server = await startPostgresDouble({});
  const database = await openDatabase({ url: server.url, limits: { connections: 1 } });
  t.after(async () => {
    await database.close();
    await server.close();
  });
  let asked = 0;
  server.fate = (message) => {
    asked += message.split(describePortal).length - 1;
    return 'answer';
  };
  for (let times = 0; times < 3; times += 1) {
    assert.deepEqual(await database.query('select 1 as one', [], 'one'), [{ one: 1 }]);
    assert.deepEqual(await database.query('select 2 as two', [], 'two'), [{ two: 2 }]);
    assert.deepEqual(await database.query('set application_name to tests', [], 'set'), []);
  }
  assert.equal(asked, 3);
  for (let times = 0; times < 3; times += 1)
    assert.deepEqual(await database.query('select 3 as it'), [{ it: 3 }]);
  assert.equal(asked, 6);
});

/** What no server at hand does: answers whatever values as a row of one column, `first`. */
function answering(values: readonly string[]): pg.ClientBase {
  const fields = [{ name: 'first', dataTypeID: pg.types.builtins.TEXT }];
  const query = (statement: Record<string, (message: object, wire?: object) => void>) => {
    statement.handleRowDescription?.({ fields });
    statement.handleDataRow?.({ fields: values });
    statement.handleCommandComplete?.({ text: 'SELECT 1' }, {});
    statement.handleReadyForQuery?.({});
  };
  return { query } as unknown as pg.ClientBase;
}
