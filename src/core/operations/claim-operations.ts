import { later } from '#kit/clock.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { claimEndedAttempts, claimOpenOperations } from './inquiries/store.ts';
import { type Operation, patientPage } from './operation.ts';

/** An attempt that is over is asked about this often, until the processor has said something final or will not. */
const askAgainMs = 30_000;

/**
 * Takes open operations that nobody is looking after: the sender's lease is over, or it is time to ask again. They are
 * this process's until the lease ends. `wasSent` is false for an intent that is to be sent now for the first time.
 */
export async function claimOperations(
  core: Core,
  limit: number,
  tenantId?: TenantId,
): Promise<readonly (Operation & { readonly wasSent: boolean })[]> {
  const wallNow = core.clock.now();
  return claimOpenOperations(core.database, {
    wallNow,
    leaseUntil: later(wallNow, core.limits.leaseMs),
    limit,
    tenantId: tenantId ?? null,
  });
}

/** Takes open operations whose payer's time is over, to ask the processor one more time and then give them up. */
export async function claimEndedOperations(
  core: Core,
  limit: number,
  tenantId?: TenantId,
): Promise<readonly Operation[]> {
  const wallNow = core.clock.now();
  return claimEndedAttempts(core.database, {
    wallNow,
    askedBefore: later(wallNow, -askAgainMs),
    patiently: {
      afterInquiries: patientPage.afterInquiries,
      askedBefore: later(wallNow, -patientPage.seconds * 1_000),
    },
    leaseUntil: later(wallNow, core.limits.leaseMs),
    limit,
    tenantId: tenantId ?? null,
  });
}
