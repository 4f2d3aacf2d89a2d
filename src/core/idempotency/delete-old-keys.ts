import { later } from '#kit/clock.ts';
import type { Core } from '../core.ts';
import { deleteKeysBefore } from './store.ts';

/** How long a key protects its request: longer than any client keeps retrying. */
const retentionMs = 30 * 86_400_000;

/** Keys forgotten in one statement. */
const batchSize = 1_000;

/** Forgets keys that are older than the retention, and answers how many. */
export async function deleteOldKeys(core: Pick<Core, 'database' | 'clock'>): Promise<number> {
  return deleteKeysBefore(core.database, later(core.clock.now(), -retentionMs), batchSize);
}
