import { invalid } from '#kit/errors.ts';
import { type EventId, isUuid } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { StoredEvent } from './event.ts';
import { hasUnnumbered, numberEvents, selectEvent, selectEvents } from './store.ts';

/**
 * The tenant's log after one of its events (exclusive), oldest first. What is answered never changes: an event that
 * commits later gets a later number.
 */
export async function listEvents(
  core: Core,
  tenant: Tenant,
  page: { after?: string; limit: number },
): Promise<StoredEvent[]> {
  if (await hasUnnumbered(core.database, tenant.id)) {
    await core.database.transaction((transaction) => numberEvents(transaction, tenant.id));
  }
  if (page.after !== undefined) {
    const known = isUuid(page.after)
      ? await selectEvent(core.database, tenant.id, page.after as EventId)
      : undefined;
    if (known === undefined) throw invalid('after', 'invalid_format', 'No event of yours has this id.');
  }
  return selectEvents(core.database, tenant.id, page);
}
