/** The data directory of a new store is one that others prepared: it must be what our engine would have made itself. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import { openDurableEngine } from './durable-engine.ts';

describe('the data directory of a new store', () => {
  const directory = mkdtempSync(join(tmpdir(), 'quittance-created-'));
  let prepared: PGlite;
  let own: PGlite;

  before(async () => {
    prepared = await openDurableEngine(directory);
    own = await PGlite.create();
  });
  after(async () => {
    await Promise.all([prepared?.close(), own?.close()]);
    rmSync(directory, { recursive: true, force: true });
  });

  it('has every row of every catalogue as the engine’s own initdb writes it', async () => {
    const catalogues = await contentOf(own);
    assert.ok(Object.keys(catalogues).length > 50);
    assert.deepEqual(await contentOf(prepared), catalogues);
  });

  it('has the engine’s own language and encoding, and the time zone UTC', async () => {
    assert.deepEqual(await localeOf(prepared), await localeOf(own));
    const { rows } = await prepared.query('show timezone');
    assert.deepEqual(rows, [{ TimeZone: 'UTC' }]);
  });

  it('is for its owner alone', () => {
    const modes = ['.', 'PG_VERSION', 'base'].map(
      (path) => statSync(join(directory, 'pgdata', path)).mode & 0o777,
    );
    assert.deepEqual(modes, [0o700, 0o600, 0o700]);
  });

  it('negative control: one row more in a catalogue is seen', async () => {
    await own.exec('create role stranger');
    assert.notDeepEqual(await contentOf(prepared), await contentOf(own));
  });
});

/** Number of rows and a hash of them, by catalogue. What `analyze` gathered is left out: it samples at random. */
async function contentOf(engine: PGlite): Promise<Record<string, string>> {
  const { rows } = await engine.query<{ name: string }>(
    `select relname as name from pg_class
      where relkind = 'r' and relnamespace = 'pg_catalog'::regnamespace and relname <> 'pg_statistic' order by 1`,
  );
  const content: Record<string, string> = {};
  for (const { name } of rows) {
    const found = await engine.query<{ content: string }>(
      `select count(*) || ' ' || md5(coalesce(string_agg(each::text, ',' order by each::text), '')) as content
         from ${name} each`,
    );
    content[name] = found.rows[0]?.content ?? '';
  }
  return content;
}

async function localeOf(engine: PGlite): Promise<unknown> {
  const { rows } = await engine.query(
    `select name, setting from pg_settings
      where name like 'lc\\_%' or name in ('server_encoding', 'DateStyle', 'default_text_search_config') order by 1`,
  );
  return rows;
}
