import type { Core } from '../core.ts';
import { updateLeasesEnded } from './inquiries/store.ts';

/**
 * Ends the leases of senders that are gone, so that what they left is looked after at once and not when their time is
 * over. Only for a store that one process has to itself: there whoever held a lease before this start is dead.
 */
export async function takeOverLeases(core: Pick<Core, 'database' | 'clock'>): Promise<void> {
  await updateLeasesEnded(core.database, core.clock.now());
}
