/** A process that opens the store in the directory given and prints what it holds. */
import { writeSync } from 'node:fs';
import { openDatabase } from '#db/open-database.ts';
import { type Found, wordOf } from './rows.ts';

const database = await openDatabase({ directory: process.argv[2] });

async function idsOf(table: string): Promise<{ ids: string[]; damaged: number }> {
  const rows = await database.query<{ id: bigint; word: string }>(
    `select id, word from ${table} order by id`,
  );
  // By the index as well, one by one: the two must tell the same story.
  await database.execute('set enable_seqscan = off');
  const found = await Promise.all(
    rows.map(({ id }) => database.query(`select id from ${table} where id = $1`, [id], `find-${table}`)),
  );
  const damaged = rows.filter(
    ({ id, word }, index) => word !== wordOf(Number(id)) || found[index]?.length !== 1,
  );
  return { ids: rows.map(({ id }) => String(id)), damaged: damaged.length };
}

const debits = await idsOf('debits');
const credits = await idsOf('credits');
// A store that reads but cannot write has not survived either.
await database.query('insert into debits values (-1, $1)', [wordOf(-1)]);
await database.query('delete from debits where id = -1');
await database.close();

const found: Found = { debits: debits.ids, credits: credits.ids, damaged: debits.damaged + credits.damaged };
writeSync(1, JSON.stringify(found));
