import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import { assertDurable, openDurableEngine } from './durable-engine.ts';

test('the engine opens with commits that reach the disk', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'quittance-engine-'));
  const engine = await openDurableEngine(directory);
  await engine.close();
  assert.ok(!existsSync(join(directory, 'pgdata.unfinished')));
  rmSync(directory, { recursive: true });
});

test('negative control: the engine as shipped is refused, for it runs without fsync', async () => {
  const engine = await PGlite.create();
  await assert.rejects(
    assertDurable(engine, () => 0),
    /runs without fsync/,
  );
  await engine.close();
});

test('negative control: an engine whose fsync reaches nothing is refused', async () => {
  const startParams = PGlite.defaultStartParams.filter((each) => each !== '-F');
  const engine = await PGlite.create({ startParams: [...startParams, '-c', 'wal_sync_method=fsync'] });
  await assert.rejects(
    assertDurable(engine, () => 0),
    /did not reach the disk/,
  );
  await engine.close();
});
