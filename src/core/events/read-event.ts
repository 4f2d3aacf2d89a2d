import type { Queryable } from '#db/database.ts';
import type { EventId, TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { StoredEvent } from './event.ts';
import { selectEvent } from './store.ts';

/** One event that the caller knows to exist. */
export async function readEvent(core: Core, tenantId: TenantId, id: EventId): Promise<StoredEvent> {
  const event = await selectEvent(core.database, tenantId, id);
  if (event === undefined) throw new Error(`event ${id} is missing`);
  return event;
}

/** The tenant's event with this id, if there is one. */
export async function findEvent(
  queryable: Queryable,
  tenantId: TenantId,
  id: EventId,
): Promise<StoredEvent | undefined> {
  return selectEvent(queryable, tenantId, id);
}
