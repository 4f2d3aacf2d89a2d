import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { selectNextAttemptEnd } from './inquiries/store.ts';

/** When the tenant's next open attempt is over, in its own time. */
export async function nextAttemptEndAt(
  core: Pick<Core, 'database'>,
  tenantId: TenantId,
  after: Date,
): Promise<Date | null> {
  return selectNextAttemptEnd(core.database, tenantId, after);
}
