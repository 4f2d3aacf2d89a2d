import type { Core } from '../core.ts';
import { deleteRefreshTokensBefore } from './store.ts';

/** Tokens forgotten in one statement. */
const batchSize = 1_000;

/** Forgets refresh tokens that are over, used or not, and answers how many: until then one that comes twice is known. */
export async function deleteOldRefreshTokens(core: Pick<Core, 'database' | 'clock'>): Promise<number> {
  return deleteRefreshTokensBefore(core.database, core.clock.now(), batchSize);
}
