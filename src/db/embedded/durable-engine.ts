import fs from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { createDataDirectory } from './create-data-directory.ts';
import { DurableNodeFS } from './durable-file-system.ts';

// `-F` is fsync=off. The other methods of syncing the log are not wired to the host.
const startParams = [
  ...PGlite.defaultStartParams.filter((each) => each !== '-F'),
  '-c',
  'wal_sync_method=fsync',
  '-c',
  'timezone=UTC',
];

/**
 * Opens the embedded PostgreSQL engine on `<directory>/pgdata`, created when missing. Throws when a commit does not
 * provably reach the disk: an engine that changed under us must fail here, not in a power cut.
 */
export async function openDurableEngine(directory: string): Promise<PGlite> {
  const data = join(directory, 'pgdata');
  if (!fs.existsSync(data)) await createDataDirectory(data);
  const files = new DurableNodeFS(data);
  const engine = await PGlite.create({ fs: files, startParams });
  await assertDurable(engine, () => files.syncs);
  return engine;
}

/** Throws unless fsync is on and a commit made the host sync. `syncs` counts the host's confirmed syncs. */
export async function assertDurable(engine: PGlite, syncs: () => number): Promise<void> {
  const { rows } = await engine.query<{ fsync: string; method: string }>(
    `select current_setting('fsync') as fsync, current_setting('wal_sync_method') as method`,
  );
  const [settings] = rows;
  if (settings?.fsync !== 'on' || settings.method !== 'fsync') {
    throw new Error(
      'The embedded store runs without fsync and would lose confirmed payments in a power cut.',
    );
  }
  const before = syncs();
  // Writes to the log inside a transaction, so the commit has to flush, and leaves nothing behind.
  await engine.query(`select pg_logical_emit_message(true, 'probe', '')`);
  if (syncs() === before) {
    throw new Error('A commit of the embedded store did not reach the disk: its fsync is not connected.');
  }
}
