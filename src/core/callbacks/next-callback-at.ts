import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { selectNextDue } from './store.ts';

/** When the tenant's next callback falls due after `after`, in its own time. */
export async function nextCallbackAt(
  core: Pick<Core, 'database'>,
  tenantId: TenantId,
  after: Date,
): Promise<Date | null> {
  return selectNextDue(core.database, tenantId, after);
}
