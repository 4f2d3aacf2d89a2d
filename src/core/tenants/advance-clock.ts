import { addDuration } from '#kit/calendar.ts';
import { CoreError, invalid } from '#kit/errors.ts';
import type { TenantId } from '#kit/ids.ts';
import { nextCallbackAt } from '../callbacks/next-callback-at.ts';
import { nextWarningAt } from '../cards/claim-warnings.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { nextLinkExpiryAt } from '../links/next-link-expiry-at.ts';
import { nextReminderAt } from '../links/next-reminder-at.ts';
import { nextAttemptEndAt } from '../operations/next-attempt-end-at.ts';
import { nextLapseAt } from '../payments/next-lapse-at.ts';
import { nextPayoutAt } from '../payouts/next-payout-at.ts';
import { nextCycleAt } from '../subscriptions/next-cycle-at.ts';
import { readTenant } from './read-tenant.ts';
import { updateClockOffset } from './store.ts';
import { businessNow, type Tenant } from './tenant.ts';

/** Instants at which work falls due that one turn of the clock stops at. More than this is a runaway, not a test. */
const maxStops = 10_000;

/** A clock is turned forward by ten years at most in one go. */
const maxTurnMs = 10 * 366 * 86_400_000;

export type Turn = { readonly by: string } | { readonly to: Date };

/**
 * Turns a test tenant's clock forward, stopping at every instant at which something falls due and doing it there, as
 * if the time had passed. Answers the tenant's time once all of it is done. Live tenants have no such clock. The
 * instant to turn to is kept under the idempotency key: a request that is repeated never turns further, and finishes
 * what the first one was interrupted in.
 */
export async function advanceClock(core: Core, call: Call, turn: Turn): Promise<Answer<Date>> {
  const tenant = await readTestTenant(core, call.tenant.id);
  const { result, replayed } = await runOnce(core, call, async () => targetOf(core, tenant, turn).getTime());
  return { result: await turnTo(core, tenant.id, new Date(result)), replayed };
}

/** What a test tenant's clock shows. */
export async function readClock(core: Core, tenant: Pick<Tenant, 'id'>): Promise<Date> {
  return businessNow(core.clock, await readTestTenant(core, tenant.id));
}

async function readTestTenant(core: Core, id: TenantId): Promise<Tenant> {
  const tenant = await readTenant(core, id);
  if (tenant.mode !== 'test')
    throw new CoreError('operation_forbidden', 'Only a test tenant has a clock that can be turned.');
  return tenant;
}

async function turnTo(core: Core, tenantId: TenantId, target: Date): Promise<Date> {
  let tenant = await readTenant(core, tenantId);
  for (let stop = 0; stop < maxStops; stop += 1) {
    const begun = businessNow(core.clock, tenant);
    await core.work.drain(tenantId);
    tenant = await readTenant(core, tenantId);
    const now = businessNow(core.clock, tenant);
    const due = await nextDueAt(core, tenant, begun);
    // The clock goes on while work is done: what fell due meanwhile may have been looked for before.
    if (due !== undefined && due <= now && due <= target) continue;
    if (now >= target) return now;
    const next = due !== undefined && due < target ? due : target;
    const clockOffsetMs = Math.max(next.getTime() - core.clock.now().getTime(), tenant.clockOffsetMs);
    await updateClockOffset(core.database, tenantId, clockOffsetMs);
    tenant = { ...tenant, clockOffsetMs };
  }
  throw new Error(`work of tenant ${tenantId} kept falling due while its clock was turned`);
}

function targetOf(core: Core, tenant: Tenant, turn: Turn): Date {
  const now = businessNow(core.clock, tenant);
  const target = 'to' in turn ? turn.to : addDuration(now, turn.by, tenant.zone);
  const property = 'to' in turn ? 'to' : 'by';
  if (target < now) throw invalid(property, 'out_of_range', 'A clock is only turned forward.');
  if (target.getTime() - now.getTime() > maxTurnMs)
    throw invalid(property, 'out_of_range', 'At most ten years at a time.');
  return target;
}

async function nextDueAt(core: Core, tenant: Tenant, after: Date): Promise<Date | undefined> {
  const candidates = await Promise.all([
    nextCallbackAt(core, tenant.id, after),
    nextLinkExpiryAt(core, tenant.id, after),
    nextReminderAt(core, tenant.id, after),
    nextAttemptEndAt(core, tenant.id, after),
    nextPayoutAt(core, tenant.id, after),
    nextLapseAt(core, tenant.id, after),
    nextCycleAt(core, tenant.id, after),
    nextWarningAt(core, tenant.id, after),
  ]);
  const ahead = candidates.filter((at) => at !== null && at > after).map((at) => (at as Date).getTime());
  return ahead.length === 0 ? undefined : new Date(Math.min(...ahead));
}
