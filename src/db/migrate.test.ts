import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, beforeEach, test } from 'node:test';
import { openTestDatabase } from '#test/support/database.ts';
import type { Database } from './database.ts';
import { sqlState } from './database-errors.ts';
import { migrate } from './migrate.ts';

const scratch = mkdtempSync(join(tmpdir(), 'quittance-migrations-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

function directoryOf(files: Record<string, string>): string {
  const directory = mkdtempSync(join(scratch, 'set-'));
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(directory, name), sql);
  return directory;
}

const first = { '0001_first.sql': 'create table first (id int); insert into first values (1);' };
const both = { ...first, '0002_second.sql': 'insert into first values (2);\ncreate table second ();' };

let database: Database;
beforeEach(async () => {
  database = await openTestDatabase({ migrations: directoryOf({}) });
});
afterEach(() => database.close());

const names = async () =>
  (await database.query<{ name: string }>('select name from schema_migrations order by number')).map(
    ({ name }) => name,
  );

test('migrations are applied in order, once each', async () => {
  await migrate(database, directoryOf(first));
  await migrate(database, directoryOf(both));
  await migrate(database, directoryOf(both));
  assert.deepEqual(await names(), ['0001_first.sql', '0002_second.sql']);
  assert.deepEqual(await database.query('select id from first order by id'), [{ id: 1 }, { id: 2 }]);
});

test('twenty nodes that start together migrate once', async () => {
  const directory = directoryOf(both);
  await Promise.all(Array.from({ length: 20 }, () => migrate(database, directory)));
  assert.deepEqual(await database.query('select id from first order by id'), [{ id: 1 }, { id: 2 }]);
});

test('a migration that fails leaves nothing of itself behind', async () => {
  const broken = { ...first, '0002_broken.sql': 'create table half (id int); select 1/0;' };
  await assert.rejects(migrate(database, directoryOf(broken)), (error) => sqlState(error) === '22012');
  assert.deepEqual(await names(), ['0001_first.sql']);
  assert.deepEqual(await database.query(`select to_regclass('half') as half`), [{ half: null }]);
});

test('a migration edited after it was applied is refused, and nothing is changed', async () => {
  await migrate(database, directoryOf(first));
  const edited = { ...both, '0001_first.sql': 'create table first (id bigint);' };
  await assert.rejects(migrate(database, directoryOf(edited)), {
    message:
      'Migration 0001_first.sql was changed after it was applied: restore it and add a new one instead.',
  });
  assert.deepEqual(await names(), ['0001_first.sql']);
});

test('line ends do not count as an edit', async () => {
  await migrate(database, directoryOf(both));
  const checkedOut = { ...both, '0002_second.sql': both['0002_second.sql'].replaceAll('\n', '\r\n') };
  await migrate(database, directoryOf(checkedOut));
});

test('a database newer than the program is refused', async () => {
  await migrate(database, directoryOf(both));
  await assert.rejects(migrate(database, directoryOf(first)), {
    message:
      'The database has migration 0002_second.sql, which this version does not know: run a newer version.',
  });
});

test('migrations out of order are refused before any is applied', async () => {
  for (const name of ['0003_gap.sql', '0001_twice.sql', 'second.sql']) {
    await assert.rejects(migrate(database, directoryOf({ ...first, [name]: 'select 1' })), /is out of order/);
  }
});
