import type { Queryable } from '#db/database.ts';
import type { EventId, TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { StoredEvent } from './event.ts';
import { selectEvent, selectFirstTimes } from './store.ts';

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

/** When each of these subjects was first told of, in the tenant's time. */
export async function readEventTimes(
  queryable: Queryable,
  tenantId: TenantId,
  subjectIds: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  const rows = subjectIds.length === 0 ? [] : await selectFirstTimes(queryable, tenantId, subjectIds);
  return new Map(rows.map(({ subjectId, at }) => [subjectId, at]));
}
