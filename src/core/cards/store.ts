import type { Queryable, Transaction } from '#db/database.ts';
import { withoutNumbers } from '#db/rows-together.ts';
import { selectForEach } from '#db/select-for-each.ts';
import type { CardDetails } from '#kit/connector.ts';
import type { CardId, CustomerId, TenantId } from '#kit/ids.ts';
import type { Card } from './card.ts';

const columns = `id, tenant_id as "tenantId", customer_id as "customerId", connector, brand, masked_number as "maskedNumber", expiry,
  holder_name as "holderName", consent, takes_over as "takesOver", created_at as "createdAt", stored_at as "storedAt", deleted_at as "deletedAt"`;

export type NewCard = Pick<
  Card,
  'id' | 'tenantId' | 'customerId' | 'connector' | 'consent' | 'takesOver' | 'createdAt'
>;

export async function insertCard(transaction: Transaction, card: NewCard): Promise<void> {
  transaction.write(
    `insert into cards (tenant_id, id, customer_id, connector, consent, takes_over, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [card.tenantId, card.id, card.customerId, card.connector, card.consent, card.takesOver, card.createdAt],
  );
}

/** Keeps what the processor said of a card that was waiting for it; a card that is kept already stays as it is. */
export async function updateStored(
  transaction: Transaction,
  tenantId: TenantId,
  id: CardId,
  stored: { details: CardDetails | undefined; tokenSealed: string; at: Date; warnAt: Date | null },
): Promise<void> {
  transaction.write(
    `update cards set token_sealed = $3, brand = $4, masked_number = $5, expiry = $6, holder_name = $7, stored_at = $8, warn_at = $9
     where tenant_id = $1 and id = $2 and stored_at is null`,
    [
      tenantId,
      id,
      stored.tokenSealed,
      stored.details?.brand ?? null,
      stored.details?.maskedNumber ?? null,
      stored.details?.expiry ?? null,
      stored.details?.holderName ?? null,
      stored.at,
      stored.warnAt,
    ],
  );
}

const cardsById = selectForEach(
  { tenant: 'uuid', card: 'uuid' },
  `select ${columns} from cards where tenant_id = g.tenant and id = g.card`,
);

export async function selectCards(
  queryable: Queryable,
  tenantId: TenantId,
  ids: readonly CardId[],
): Promise<Card[]> {
  const rows = await queryable.queryRows<Card>(cardsById, [ids.map(() => tenantId), ids], 'select-cards');
  return withoutNumbers(rows);
}

/** The cards a customer ever let us keep, those deleted since included, oldest first. */
export async function selectCardsOf(
  queryable: Queryable,
  tenantId: TenantId,
  customerId: CustomerId,
): Promise<Card[]> {
  return queryable.query<Card>(
    `select ${columns} from cards where tenant_id = $1 and customer_id = $2 and stored_at is not null
     order by created_at, id`,
    [tenantId, customerId],
  );
}

/** The cards, each kept from being deleted until the transaction ends; in one order of ids, so that nobody deadlocks. */
export async function shareCards(
  transaction: Transaction,
  ids: readonly Pick<Card, 'tenantId' | 'id'>[],
): Promise<Card[]> {
  return transaction.query<Card>(
    `select ${columns} from cards where (tenant_id, id) in (select * from unnest($1::uuid[], $2::uuid[]))
     order by tenant_id, id for share`,
    [ids.map(({ tenantId }) => tenantId), ids.map(({ id }) => id)],
    'share-cards',
  );
}

export async function lockCard(
  transaction: Transaction,
  tenantId: TenantId,
  id: CardId,
): Promise<Card | undefined> {
  const rows = await transaction.query<Card>(
    `select ${columns} from cards where tenant_id = $1 and id = $2 for update`,
    [tenantId, id],
  );
  return rows[0];
}

/** Ends a card. Its token goes: what is not there cannot be charged. */
export async function updateDeleted(
  transaction: Transaction,
  tenantId: TenantId,
  id: CardId,
  at: Date,
): Promise<void> {
  transaction.write(
    'update cards set deleted_at = $3, token_sealed = null, warn_at = null where tenant_id = $1 and id = $2 and deleted_at is null',
    [tenantId, id, at],
  );
}

const tokensById = selectForEach(
  { tenant: 'uuid', card: 'uuid' },
  'select token_sealed as sealed from cards where tenant_id = g.tenant and id = g.card',
);

export async function selectToken(
  queryable: Queryable,
  tenantId: TenantId,
  id: CardId,
): Promise<string | null> {
  const rows = await queryable.queryRows<{ sealed: string | null }>(
    tokensById,
    [[tenantId], [id]],
    'select-card-tokens',
  );
  return rows[0]?.sealed ?? null;
}

/** Takes cards whose holder is to be told that they are about to expire, each once. */
export async function claimWarnings(
  transaction: Transaction,
  claim: { wallNow: Date; limit: number; tenantId: TenantId | null },
): Promise<Card[]> {
  return transaction.query<Card>(
    `update cards set warn_at = null where (tenant_id, id) in (
       select due.tenant_id, due.id from tenants t cross join lateral (
         select c.tenant_id, c.id from cards c
         where c.tenant_id = t.id and c.warn_at <= $1::timestamptz + t.clock_offset_ms * interval '1 millisecond'
         order by c.warn_at limit $2 for update skip locked) due
       where $3::uuid is null or t.id = $3
       limit $2)
     returning ${columns}`,
    [claim.wallNow, claim.limit, claim.tenantId],
  );
}

export async function selectNextWarning(
  queryable: Queryable,
  tenantId: TenantId,
  after: Date,
): Promise<Date | null> {
  const rows = await queryable.query<{ at: Date | null }>(
    'select min(warn_at) as at from cards where tenant_id = $1 and warn_at > $2',
    [tenantId, after],
  );
  return rows[0]?.at ?? null;
}
