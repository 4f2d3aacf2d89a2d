import type { Queryable, Transaction } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import type { EventSubscription, EventSubscriptionId } from './event-subscription.ts';

const columns = `s.tenant_id as "tenantId", s.id, s.dialect, s.url, s.event_names as "eventNames",
  s.event_types as "eventTypes", s.status, s.created_at as "createdAt"`;

type Owner = Pick<EventSubscription, 'tenantId' | 'id'>;

export async function insertSubscription(
  transaction: Transaction,
  row: EventSubscription & { readonly keySealed: string },
): Promise<void> {
  transaction.write(
    `insert into event_subscriptions (tenant_id, id, dialect, url, event_names, event_types, key_sealed, status, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      row.tenantId,
      row.id,
      row.dialect,
      row.url,
      row.eventNames,
      row.eventTypes,
      row.keySealed,
      row.status,
      row.createdAt,
    ],
  );
}

/** Those of some tenants that are not over, oldest first. */
export async function selectSubscriptions(
  queryable: Queryable,
  tenantIds: readonly TenantId[],
): Promise<EventSubscription[]> {
  return queryable.query<EventSubscription>(
    `select ${columns} from event_subscriptions s where s.tenant_id in (select unnest($1::uuid[]))
       and s.status <> 'ended' order by s.created_at, s.id`,
    [tenantIds],
    'select-event-subscriptions',
  );
}

export async function selectSubscription(
  queryable: Queryable,
  tenantId: TenantId,
  id: EventSubscriptionId,
): Promise<EventSubscription | undefined> {
  const rows = await queryable.query<EventSubscription>(
    `select ${columns} from event_subscriptions s where s.tenant_id = $1 and s.id = $2 and s.status <> 'ended'`,
    [tenantId, id],
  );
  return rows[0];
}

export async function selectKey(queryable: Queryable, { tenantId, id }: Owner): Promise<string | undefined> {
  const rows = await queryable.query<{ sealed: string }>(
    `select key_sealed as sealed from event_subscriptions where tenant_id = $1 and id = $2 and status <> 'ended'`,
    [tenantId, id],
    'select-event-subscription-key',
  );
  return rows[0]?.sealed;
}

/** Answers false where there is none that is not over. */
export async function updateSubscription(
  transaction: Transaction,
  row: Owner & Pick<EventSubscription, 'url' | 'eventNames' | 'eventTypes'> & { readonly keySealed: string },
): Promise<boolean> {
  const rows = await transaction.query(
    `update event_subscriptions set url = $3, event_names = $4, event_types = $5, key_sealed = $6
     where tenant_id = $1 and id = $2 and status <> 'ended' returning 1`,
    [row.tenantId, row.id, row.url, row.eventNames, row.eventTypes, row.keySealed],
  );
  return rows.length > 0;
}

/** Answers false where there is none that is not over. With its end its key is gone. */
export async function updateSubscriptionStatus(
  transaction: Transaction,
  { tenantId, id }: Owner,
  status: EventSubscription['status'] | 'ended',
): Promise<boolean> {
  const rows = await transaction.query(
    `update event_subscriptions set status = $3, key_sealed = case when $3 = 'ended' then null else key_sealed end
     where tenant_id = $1 and id = $2 and status <> 'ended' returning 1`,
    [tenantId, id, status],
  );
  return rows.length > 0;
}
