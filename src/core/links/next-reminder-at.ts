import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { selectNextDue } from './store.ts';

/** When the next of the tenant's payers is to be reminded, in its own time. */
export async function nextReminderAt(
  core: Pick<Core, 'database'>,
  tenantId: TenantId,
  after: Date,
): Promise<Date | null> {
  return selectNextDue(core.database, 'next_reminder_at', tenantId, after);
}
