import type { TenantId } from '#kit/ids.ts';
import { sealPostings } from '#ledger/seal.ts';
import type { Core } from '../core.ts';

/** Seals what was posted since the last time, and answers how many postings. */
export async function sealLedger(
  core: Pick<Core, 'database' | 'clock'>,
  tenantId?: TenantId,
): Promise<number> {
  return sealPostings(core.database, core.clock.now(), tenantId);
}
