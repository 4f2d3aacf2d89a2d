import fs from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { dataDir } from '@electric-sql/pglite-prepopulatedfs';
import { extract } from 'tar-stream';
import { syncPath, syncTree } from './durable-file-system.ts';

/**
 * Makes the data directory of a new store out of the one that PGlite's authors prepared with their own initdb: to run that here,
 * and to open the engine anew after it, was more than half of a first start. Built beside its place, synced, then renamed: a
 * creation that was interrupted leaves nothing that looks whole.
 */
export async function createDataDirectory(data: string): Promise<void> {
  const unfinished = `${data}.unfinished`;
  fs.rmSync(unfinished, { recursive: true, force: true });
  await unpack(await dataDir(), unfinished);
  syncTree(unfinished);
  fs.renameSync(unfinished, data);
  syncPath(dirname(data));
}

/** For the owner alone, whatever the archive says of modes. */
async function unpack(archive: Blob, directory: string): Promise<void> {
  fs.mkdirSync(directory, { mode: 0o700 });
  const entries = extract();
  const unpacking = pipeline(Readable.fromWeb(archive.stream()), createGunzip(), entries);
  for await (const entry of entries) {
    const path = join(directory, entry.header.name);
    if (entry.header.type === 'directory') fs.mkdirSync(path, { recursive: true, mode: 0o700 });
    else fs.writeFileSync(path, await buffer(entry), { mode: 0o600 });
    entry.resume();
  }
  await unpacking;
}
