import type { Transaction } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { Card } from './card.ts';
import { claimWarnings as claim, selectNextWarning } from './store.ts';

/** Takes cards that are about to expire in their tenant's time, to tell their holders in the caller's transaction. */
export async function claimWarnings(
  core: Core,
  transaction: Transaction,
  limit: number,
  tenantId?: TenantId,
): Promise<Card[]> {
  return claim(transaction, { wallNow: core.clock.now(), limit, tenantId: tenantId ?? null });
}

/** When the tenant's next card is about to expire, in its own time. */
export async function nextWarningAt(
  core: Pick<Core, 'database'>,
  tenantId: TenantId,
  after: Date,
): Promise<Date | null> {
  return selectNextWarning(core.database, tenantId, after);
}
