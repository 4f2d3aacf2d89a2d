import { later } from '#kit/clock.ts';
import type { Core } from '../core.ts';
import { deleteImportsBefore } from './store.ts';

/** No request lives so long: what is still laid down then belongs to a process that is gone. */
const deadAfterMs = 3_600_000;

/** Imports forgotten in one statement, each with all its rows. */
const batchSize = 4;

/** Forgets what imports laid down that were never finished, and answers how many of them. */
export async function deleteDeadImports(core: Pick<Core, 'database' | 'clock'>): Promise<number> {
  return deleteImportsBefore(core.database, later(core.clock.now(), -deadAfterMs), batchSize);
}
