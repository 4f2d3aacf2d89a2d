import type { Core } from '#core/core.ts';
import { type ClaimedCycle, claimDueCycles } from '#core/subscriptions/claim-due-cycles.ts';
import type { TenantId } from '#kit/ids.ts';

/** Charges cycles that are due, each once. Answers how many it took up. */
export async function chargeDueCycles(core: Core, limit: number, tenantId?: TenantId): Promise<number> {
  const cycles = await claimDueCycles(core, limit, tenantId);
  await Promise.all(cycles.map((cycle) => charge(core, cycle)));
  return cycles.length;
}

/**
 * A process that was stopped meanwhile finds its lease over: the charge is another's to ask about now. Were it sent all
 * the same, the processor would know it by its reference.
 */
async function charge(core: Core, { tenantId, operationId, leaseUntil }: ClaimedCycle): Promise<void> {
  if (core.clock.now() < leaseUntil) await core.processors.perform(tenantId, operationId);
}
