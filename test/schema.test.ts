import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { pepperColumn, sealedColumns } from '#core/master-keys/sealed-columns.ts';
import { dumpSchema } from '#db/dump-schema.ts';
import { openTestDatabase } from '#test/support/database.ts';

test('schema.sql is what the migrations make (npm run schema rewrites it)', async () => {
  const database = await openTestDatabase();
  try {
    const checkedIn = await readFile(new URL('../src/db/schema.sql', import.meta.url), 'utf8');
    assert.equal(await dumpSchema(database), checkedIn);
  } finally {
    await database.close();
  }
});

test('every sealed column is sealed anew when the master key changes', async () => {
  const schema = await readFile(new URL('../src/db/schema.sql', import.meta.url), 'utf8');
  const sealed = schema.split('create table ').flatMap((table) => {
    const name = /^\w+/.exec(table)?.[0];
    return [...table.matchAll(/^ {2}(\w+_sealed) text/gm)].map(([, column]) => `${name}.${column}`);
  });
  const listed = [...sealedColumns, pepperColumn].map(({ table, column }) => `${table}.${column}`);
  assert.deepEqual(listed.toSorted(), sealed.toSorted());
});
