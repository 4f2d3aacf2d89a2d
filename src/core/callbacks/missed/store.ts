import type { Queryable, Transaction } from '#db/database.ts';
import type { EventId, TenantId } from '#kit/ids.ts';
import type { Callback } from '../callback.ts';
import { columns } from '../store.ts';

interface Owner {
  readonly tenantId: TenantId;
  readonly id: string;
}

const missed = `c.tenant_id = $1 and c.subscription_id = $2 and c.status = 'dead' and c.acknowledged_at is null`;

export async function selectMissed(
  queryable: Queryable,
  { tenantId, id }: Owner,
  limit: number,
): Promise<Callback[]> {
  return queryable.query<Callback>(
    `select ${columns} from callbacks c where ${missed} order by c.created_at, c.id limit $3`,
    [tenantId, id, limit],
  );
}

/** Answers false where the event was not missed, or was acknowledged before. */
export async function updateAcknowledged(
  transaction: Transaction,
  { tenantId, id }: Owner,
  eventId: EventId,
  at: Date,
): Promise<boolean> {
  const rows = await transaction.query(
    `update callbacks c set acknowledged_at = $4 where ${missed} and c.event_id = $3 returning 1`,
    [tenantId, id, eventId, at],
  );
  return rows.length > 0;
}

/** Due again, with their attempts counted from the start. */
export async function updateMissed(
  transaction: Transaction,
  { tenantId, id }: Owner,
  at: Date,
): Promise<void> {
  transaction.write(
    `update callbacks c set status = 'pending', attempts = 0, due_at = $3, lease_until = null where ${missed}`,
    [tenantId, id, at],
  );
}

export async function updateDropped(transaction: Transaction, { tenantId, id }: Owner): Promise<void> {
  transaction.write(
    `update callbacks set status = 'dead', lease_until = null
     where tenant_id = $1 and subscription_id = $2 and status = 'pending'`,
    [tenantId, id],
  );
}
