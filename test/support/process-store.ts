/** A store that server processes share or inherit from each other, and that a test reads when they are gone. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '#db/database.ts';
import { openDatabase } from '#db/open-database.ts';

export interface ProcessStore {
  /** For QUITTANCE_DATA: new, and empty. */
  readonly directory: string;
  /** For DATABASE_URL; undefined where the servers keep their embedded store in `directory`. */
  readonly databaseUrl: string | undefined;
  /** Reads what the servers have written. On the embedded store they must have ended. */
  open(): Promise<Database>;
  remove(): Promise<void>;
}

/** A new, empty database on the server of `serverUrl`, or an embedded store where there is none. */
export async function makeProcessStore(
  serverUrl: string | undefined = process.env.TEST_DATABASE_URL,
): Promise<ProcessStore> {
  const directory = await mkdtemp(join(tmpdir(), 'quittance-process-'));
  const removeDirectory = () => rm(directory, { recursive: true, force: true });
  if (serverUrl === undefined) {
    const open = () => openDatabase({ directory: join(directory, 'store') });
    return { directory, databaseUrl: undefined, open, remove: removeDirectory };
  }
  const name = `quittance_process_${randomUUID().replaceAll('-', '')}`;
  await administer(serverUrl, `create database ${name} template template0 encoding 'UTF8'`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    directory,
    databaseUrl: url.href,
    open: () => openDatabase({ url: url.href, limits: { connections: 2 } }),
    remove: async () => {
      await administer(serverUrl, `drop database ${name} with (force)`);
      await removeDirectory();
    },
  };
}

/** Databases cannot be made or dropped in a transaction; this one takes its time when many tests start together. */
async function administer(serverUrl: string, statement: string): Promise<void> {
  const database = await openDatabase({ url: serverUrl, limits: { connections: 1, statementMs: 300_000 } });
  await database.query(statement).finally(() => database.close());
}
