import type { Queryable, Transaction } from '#db/database.ts';
import { withoutNumbers } from '#db/rows-together.ts';
import { selectForEach } from '#db/select-for-each.ts';
import type { EventId, TenantId } from '#kit/ids.ts';
import type { NewEvent, StoredEvent } from './event.ts';

const columns = `id, tenant_id as "tenantId", sequence, type,
  json_build_object('kind', subject_kind, 'id', subject_id, 'version', subject_version) as subject, data, created_at as "createdAt"`;

export async function insertEvents(
  transaction: Transaction,
  rows: readonly (NewEvent & { id: string })[],
): Promise<void> {
  transaction.writeRows(
    `insert into events (tenant_id, id, type, subject_kind, subject_id, subject_version, data, created_at)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::int[], $7::jsonb[], $8::timestamptz[])`,
    [
      rows.map((row) => row.tenantId),
      rows.map((row) => row.id),
      rows.map((row) => row.type),
      rows.map((row) => row.subject.kind),
      rows.map((row) => row.subject.id),
      rows.map((row) => row.subject.version),
      rows.map((row) => JSON.stringify(row.data)),
      rows.map((row) => row.at),
    ],
    'insert-events',
  );
}

/**
 * Numbers the tenant's committed events that have no number yet. One at a time per tenant, so that numbers are
 * gapless and a number once read is never followed by a lower one.
 */
export async function numberEvents(transaction: Transaction, tenantId: TenantId): Promise<void> {
  transaction.write('select pg_advisory_xact_lock(hashtextextended($1, 1))', [tenantId]);
  transaction.write(
    `update events e set sequence = numbered.sequence
     from (select id, coalesce((select max(sequence) from events where tenant_id = $1), 0)
                      + row_number() over (order by position) as sequence
           from events where tenant_id = $1 and sequence is null) numbered
     where e.tenant_id = $1 and e.id = numbered.id`,
    [tenantId],
  );
}

export async function hasUnnumbered(queryable: Queryable, tenantId: TenantId): Promise<boolean> {
  const rows = await queryable.query(
    'select 1 from events where tenant_id = $1 and sequence is null limit 1',
    [tenantId],
  );
  return rows.length > 0;
}

/** Events after the one named, oldest first. */
export async function selectEvents(
  queryable: Queryable,
  tenantId: TenantId,
  page: { after?: string; limit: number },
): Promise<StoredEvent[]> {
  return queryable.query<StoredEvent>(
    `select ${columns} from events
     where tenant_id = $1 and sequence > coalesce((select sequence from events where tenant_id = $1 and id = $2::uuid), 0)
     order by sequence limit $3`,
    [tenantId, page.after ?? null, page.limit],
  );
}

const eventsById = selectForEach(
  { tenant: 'uuid', event: 'uuid' },
  `select ${columns} from events where tenant_id = g.tenant and id = g.event`,
);

export async function selectEvent(
  queryable: Queryable,
  tenantId: TenantId,
  id: EventId,
): Promise<StoredEvent | undefined> {
  const rows = await queryable.queryRows<StoredEvent>(eventsById, [[tenantId], [id]], 'select-event-rows');
  return withoutNumbers(rows)[0];
}

const firstTimesBySubject = selectForEach(
  { tenant: 'uuid', subject: 'uuid' },
  `select subject_id as "subjectId", min(created_at) as at from events
   where tenant_id = g.tenant and subject_id = g.subject group by subject_id`,
);

export async function selectFirstTimes(
  queryable: Queryable,
  tenantId: TenantId,
  subjectIds: readonly string[],
): Promise<{ subjectId: string; at: Date }[]> {
  const rows = await queryable.queryRows<{ subjectId: string; at: Date }>(
    firstTimesBySubject,
    [subjectIds.map(() => tenantId), subjectIds],
    'select-first-event-times',
  );
  return withoutNumbers(rows);
}
