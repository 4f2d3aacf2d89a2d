import { later } from '#kit/clock.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { StoredEvent } from '../events/event.ts';
import { readEvent } from '../events/read-event.ts';
import { readTenant } from '../tenants/read-tenant.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { Callback } from './callback.ts';
import { claimDueCallbacks } from './store.ts';

/** A callback taken for delivery, with all that is needed to tell it. */
export interface ClaimedCallback {
  readonly callback: Callback;
  readonly event: StoredEvent;
  readonly tenant: Tenant;
}

/** Takes up to `limit` callbacks that are due; they are this process's until the lease ends. */
export async function claimCallbacks(
  core: Core,
  limit: number,
  tenantId?: TenantId,
): Promise<ClaimedCallback[]> {
  const wallNow = core.clock.now();
  const callbacks = await claimDueCallbacks(core.database, {
    wallNow,
    leaseUntil: later(wallNow, core.limits.leaseMs),
    limit,
    tenantId: tenantId ?? null,
  });
  return Promise.all(
    callbacks.map(async (callback) => {
      const [event, tenant] = await Promise.all([
        readEvent(core, callback.tenantId, callback.eventId),
        readTenant(core, callback.tenantId),
      ]);
      return { callback, event, tenant };
    }),
  );
}
