import { later } from '#kit/clock.ts';
import type { Core } from '../core.ts';
import type { FilingDue, PayoutFile } from './file.ts';
import { claimWaitingFiles } from './store.ts';

/** Takes files that were cut and whose handover nobody is at any more; they are this process's until the lease ends. */
export async function claimFiles(
  core: Pick<Core, 'database' | 'clock' | 'limits'>,
  limit: number,
  tenantId?: FilingDue['tenantId'],
): Promise<PayoutFile[]> {
  const wallNow = core.clock.now();
  const leaseUntil = later(wallNow, core.limits.leaseMs);
  return claimWaitingFiles(core.database, { wallNow, leaseUntil, limit, tenantId: tenantId ?? null });
}
