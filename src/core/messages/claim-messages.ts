import { later } from '#kit/clock.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { Message } from './message.ts';
import { claimWaiting } from './store.ts';

/**
 * Takes messages that wait to be sent; those answered as `sending` are this process's to send, once. A reminder whose
 * link was paid or withdrawn while it waited is taken as `failed`, and sent to nobody.
 */
export async function claimMessages(core: Core, limit: number, tenantId?: TenantId): Promise<Message[]> {
  const wallNow = core.clock.now();
  return claimWaiting(core.database, {
    wallNow,
    leaseUntil: later(wallNow, core.limits.leaseMs),
    limit,
    tenantId: tenantId ?? null,
  });
}
