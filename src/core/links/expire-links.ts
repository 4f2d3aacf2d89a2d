import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { moveLink } from './move-link.ts';
import { lockDueLinks } from './store.ts';

/** Links expired in one transaction. */
const batchSize = 100;

/**
 * Writes down the expiry of links whose time is over, in their tenant's time, and answers how many there were. A
 * payment that is still under way may complete the link afterwards.
 */
export async function expireLinks(core: Core, tenantId?: TenantId): Promise<number> {
  return core.database.transaction(async (transaction) => {
    const links = await lockDueLinks(transaction, 'expires_at', {
      wallNow: core.clock.now(),
      limit: batchSize,
      tenantId: tenantId ?? null,
    });
    for (const link of links) {
      await moveLink(core, transaction, link, { to: 'expired', reason: 'time is over', at: link.expiresAt });
    }
    return links.length;
  });
}
