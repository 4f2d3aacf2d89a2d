import type { Core } from '../core.ts';
import { deleteTokensBefore } from './store.ts';

/** Tokens forgotten in one statement. */
const batchSize = 1_000;

/** Forgets access tokens that are over, and answers how many. */
export async function deleteOldTokens(core: Pick<Core, 'database' | 'clock'>): Promise<number> {
  return deleteTokensBefore(core.database, core.clock.now(), batchSize);
}
