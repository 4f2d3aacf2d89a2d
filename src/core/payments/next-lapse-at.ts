import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { selectNextLapse } from './captures/store.ts';

/** When the tenant's next authorisation lapses, in its own time. */
export async function nextLapseAt(
  core: Pick<Core, 'database'>,
  tenantId: TenantId,
  after: Date,
): Promise<Date | null> {
  return selectNextLapse(core.database, tenantId, after);
}
