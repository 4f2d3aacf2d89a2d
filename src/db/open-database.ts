import { type Clock, wallClock } from '#kit/clock.ts';
import type { Database } from './database.ts';
import { openEmbedded } from './embedded/open-embedded.ts';
import { openInMemory } from './embedded/open-in-memory.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { type Log, silentLog } from './log.ts';
import { openPostgres } from './postgres.ts';

/** Exactly one of `url`, `directory` and `memory` names the store. */
export interface OpenOptions {
  /** A PostgreSQL connection URL. */
  readonly url?: string | undefined;
  /** Where the embedded store keeps its files. Created when missing. */
  readonly directory?: string | undefined;
  /** An embedded store that keeps nothing, for tests: `true` for an empty one, or a dump of a data directory. */
  readonly memory?: true | Blob | undefined;
  readonly limits?: Partial<Limits> | undefined;
  readonly log?: Log | undefined;
  readonly clock?: Clock;
  readonly random?: () => number;
  /**
   * Ends the process when the embedded store can no longer be trusted: an I/O error, a statement that never ends.
   * The default logs the reason and exits with 70; a supervisor starts the process again.
   */
  readonly crash?: (reason: string) => void;
}

/** Opens the store. Throws one clear sentence when it cannot be opened safely. */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const log = options.log ?? silentLog;
  const shared = {
    limits: { ...defaultLimits, ...options.limits },
    log,
    clock: options.clock ?? wallClock,
    random: options.random ?? Math.random,
    crash: options.crash ?? exitProcess(log),
  };
  if (options.url !== undefined) return openPostgres({ ...shared, url: options.url });
  if (options.directory !== undefined) return openEmbedded({ ...shared, directory: options.directory });
  if (options.memory !== undefined) return openInMemory({ ...shared, dump: options.memory });
  throw new Error('No database was named: give a PostgreSQL URL or a directory for the embedded store.');
}

function exitProcess(log: Log): (reason: string) => never {
  const exitSoftwareError = 70; // sysexits.h
  return (reason) => {
    log.error({ reason }, 'The embedded store cannot go on; the process ends.');
    process.exit(exitSoftwareError);
  };
}
