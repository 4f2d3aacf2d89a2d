import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Database } from '../database.ts';
import { silentLog } from '../log.ts';
import { openDatabase } from '../open-database.ts';
import { keepUp } from './upkeep.ts';

const directory = mkdtempSync(join(tmpdir(), 'quittance-upkeep-'));
const megabyte = 1024 * 1024;

let database: Database;
before(async () => {
  database = await openDatabase({ directory });
  await database.execute('create table kept (id int primary key, word text not null)');
});
after(async () => {
  await database.close();
  rmSync(directory, { recursive: true });
});

async function one<Row>(sql: string): Promise<Row> {
  const [row] = await database.query<Row>(sql);
  assert.ok(row);
  return row;
}

/** What the engine has counted of the table; it does so when it has time, or when it is told. */
async function countsOf(table: string) {
  await database.execute('select pg_stat_force_next_flush()');
  return one<{ dead: bigint; rows: number; age: number }>(
    `select s.n_dead_tup as dead, c.reltuples::float8 as rows, age(c.relfrozenxid) as age
     from pg_stat_all_tables s join pg_class c on c.oid = s.relid where s.relname = '${table}'`,
  );
}

/** The log since the last checkpoint, in bytes. */
async function logBytes(): Promise<number> {
  const { bytes } = await one<{ bytes: number }>(
    'select pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::float8 as bytes from pg_control_checkpoint()',
  );
  return bytes;
}

async function writeLog(megabytes: number): Promise<void> {
  for (let written = 0; written < megabytes; written += 1)
    await database.query(`select pg_logical_emit_message(true, 'test', repeat('x', ${megabyte}))`);
}

test('the embedded store’s log is cut back once it is long, and not before', async () => {
  await writeLog(30);
  await keepUp(database);
  assert.ok((await logBytes()) > 30 * megabyte);
  await writeLog(40);
  await keepUp(database);
  assert.ok((await logBytes()) < megabyte);
});

test('dead rows of the embedded store are taken away, and the planner knows its tables', async () => {
  await database.execute(`insert into kept select n, 'a' from generate_series(1, 1000) n`);
  for (const word of ['b', 'c', 'd']) await database.query('update kept set word = $1', [word]);
  const before = await countsOf('kept');
  // Some were taken away when their pages were read.
  assert.ok(before.dead > 2_000n);
  assert.equal(before.rows, -1);
  await keepUp(database);
  const kept = await countsOf('kept');
  assert.deepEqual([kept.dead, kept.rows], [0n, 1_000]);
  await database.query(`update kept set word = 'e' where id <= 100`);
  await countsOf('kept');
  await keepUp(database);
  assert.equal((await countsOf('kept')).dead, 100n, 'few of them are left where they are');
});

test('what the embedded store remembers of transactions is let go before their ids run out', async () => {
  const burn = 60;
  for (let n = 0; n < burn; n += 1) await database.query('select pg_current_xact_id()');
  assert.ok((await countsOf('kept')).age > burn);
  await keepUp(database, { logBytes: Number.MAX_SAFE_INTEGER, transactions: burn });
  const oldest = await one<{ age: number }>(
    `select max(age(relfrozenxid)) as age from pg_class where relkind in ('r', 't')`,
  );
  assert.ok(oldest.age < burn, `${oldest.age} transactions`);
});

test('an open store is looked after every minute, and until it is closed', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const own = mkdtempSync(join(tmpdir(), 'quittance-upkeep-'));
  const warnings: string[] = [];
  const log = { ...silentLog, warn: (_fields: object, message: string) => warnings.push(message) };
  const store = await openDatabase({ directory: own, log });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await store.close();
    isOpen = false;
  };
  t.after(close);
  await store.execute(`create table fresh (n int); insert into fresh select generate_series(1, 1000)`);
  await store.execute('select pg_stat_force_next_flush()');
  const isKnown = async () => {
    const [row] = await store.query<{ rows: number }>(
      `select reltuples::float8 as rows from pg_class where relname = 'fresh'`,
    );
    return row?.rows === 1_000;
  };
  assert.equal(await isKnown(), false);
  t.mock.timers.tick(60_000);
  let looks = 0;
  while (!(await isKnown()) && looks < 1_000) looks += 1;
  assert.ok(looks < 1_000);
  await close();
  t.mock.timers.tick(60_000);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(warnings, []);
  rmSync(own, { recursive: true });
});
