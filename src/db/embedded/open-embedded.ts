import fs from 'node:fs';
import { resolve } from 'node:path';
import type { Clock } from '#kit/clock.ts';
import type { Database } from '../database.ts';
import { sqlState } from '../database-errors.ts';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import { pooledDatabase } from '../pooled-database.ts';
import { embeddedPool } from './embedded-pool.ts';
import { startEngine } from './engine-backend.ts';
import { holdDirectory } from './single-writer-lock.ts';
import { startUpkeep } from './upkeep.ts';

export interface EmbeddedOptions {
  readonly directory: string;
  readonly limits: Limits;
  readonly log: Log;
  readonly clock: Clock;
  readonly random: () => number;
  /** Must end the process: the engine cannot be trusted after what was reported. */
  readonly crash: (reason: string) => void;
}

/**
 * Classes after which the engine's memory and its files may disagree: insufficient resources, system error, internal
 * error. PostgreSQL would restart its server process; here that process is ours.
 */
const fatalClasses = /^(53|58|XX)/;

/** Opens the embedded store in a directory, alone. Throws one sentence when another process has it open. */
export async function openEmbedded(options: EmbeddedOptions): Promise<Database> {
  const { limits, crash, random, log } = options;
  const directory = resolve(options.directory);
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
  const lock = await holdDirectory(directory, options.clock, crash);
  try {
    const engine = await startEngine(directory, crash);
    const pool = embeddedPool(engine, limits);
    pool.on('error', (error) => log.warn({ error }, 'The connection to the embedded store was lost.'));
    const database = pooledDatabase({
      store: 'embedded',
      pool,
      limits,
      random,
      faults: {
        // The engine knows no statement_timeout: nothing can interrupt it but the end of the process.
        overdue: (_client, sql) => crash(`A statement ran past its limit: ${sql.slice(0, 200)}`),
        reported: (error) => {
          if (fatalClasses.test(sqlState(error) ?? '')) crash(`The engine reported: ${String(error)}`);
        },
      },
      async close() {
        await upkeep.stop();
        await pool.end();
        await engine.close();
        await lock.release();
      },
    });
    const upkeep = startUpkeep(database, (error) =>
      log.warn(
        { error },
        'The embedded store could not be vacuumed or make a checkpoint; it is tried again.',
      ),
    );
    return database;
  } catch (error) {
    await lock.release();
    throw error;
  }
}
