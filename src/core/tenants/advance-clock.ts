import { addDuration } from '#kit/calendar.ts';
import { CoreError, invalid } from '#kit/errors.ts';
import { nextCallbackAt } from '../callbacks/next-callback-at.ts';
import type { Core } from '../core.ts';
import { nextLinkExpiryAt } from '../links/next-link-expiry-at.ts';
import { nextAttemptEndAt } from '../operations/next-attempt-end-at.ts';
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
 * if the time had passed. Answers the tenant's time once all of it is done. Live tenants have no such clock.
 */
export async function advanceClock(core: Core, tenant: Tenant, turn: Turn): Promise<Date> {
  if (tenant.mode !== 'test')
    throw new CoreError('operation_forbidden', 'Only a test tenant has a clock that can be turned.');
  const start = await readTenant(core, tenant.id);
  const target = targetOf(core, start, turn);
  for (let stop = 0; stop < maxStops; stop += 1) {
    await core.work.drain(tenant.id);
    const current = await readTenant(core, tenant.id);
    const now = businessNow(core.clock, current);
    if (now >= target) return now;
    const due = await nextDueAt(core, tenant, now);
    const next = due !== undefined && due < target ? due : target;
    await updateClockOffset(
      core.database,
      tenant.id,
      Math.max(next.getTime() - core.clock.now().getTime(), current.clockOffsetMs),
    );
  }
  throw new Error(`work of tenant ${tenant.id} kept falling due while its clock was turned`);
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

async function nextDueAt(core: Core, tenant: Tenant, now: Date): Promise<Date | undefined> {
  const candidates = await Promise.all([
    nextCallbackAt(core, tenant.id),
    nextLinkExpiryAt(core, tenant.id, now),
    nextAttemptEndAt(core, tenant.id, now),
  ]);
  const ahead = candidates.filter((at) => at !== null && at > now).map((at) => (at as Date).getTime());
  return ahead.length === 0 ? undefined : new Date(Math.min(...ahead));
}
