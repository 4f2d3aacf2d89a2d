import type { Database } from '../database.ts';
import type { Limits } from '../limits.ts';
import { pooledDatabase } from '../pooled-database.ts';
import { embeddedPool } from './embedded-pool.ts';

export interface InMemoryOptions {
  /** A dump to start from, or `true` for an empty store. */
  readonly dump: Blob | true;
  readonly limits: Limits;
  readonly random: () => number;
}

/** An embedded store that lives in this process and is gone with it: for tests. */
export async function openInMemory({
  dump,
  limits,
  random,
}: InMemoryOptions): Promise<Database & { dump(): Promise<Blob> }> {
  // Only where it is opened: on PostgreSQL it is never used.
  const { PGlite } = await import('@electric-sql/pglite');
  const engine = await PGlite.create(dump === true ? {} : { loadDataDir: dump });
  const pool = embeddedPool(
    {
      exchange: async (message) => new Uint8Array(engine.execProtocolRawSync(message)),
      close: () => engine.close(),
    },
    limits,
  );
  const database = pooledDatabase({
    store: 'embedded',
    pool,
    limits,
    random,
    faults: { overdue: () => {}, reported: () => {} },
    async close() {
      await pool.end();
      await engine.close();
    },
  });
  return {
    ...database,
    /** The whole data directory, checkpointed, so that a store started from it has nothing to recover. */
    async dump() {
      await database.execute('checkpoint');
      return engine.dumpDataDir('none');
    },
  };
}
