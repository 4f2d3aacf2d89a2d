import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { selectNextDue } from './store.ts';

/** When a payout of the tenant next goes on by itself, in its own time. */
export async function nextPayoutAt(
  core: Pick<Core, 'database'>,
  tenantId: TenantId,
  after: Date,
): Promise<Date | null> {
  return selectNextDue(core.database, tenantId, after);
}
