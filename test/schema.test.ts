import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
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
