import type { Queryable, Transaction } from '#db/database.ts';
import type { CardDetails } from '#kit/connector.ts';
import type { CardId, CustomerId, TenantId } from '#kit/ids.ts';
import type { Card } from './card.ts';

const columns = `id, tenant_id as "tenantId", customer_id as "customerId", connector, brand, masked_number as "maskedNumber", expiry,
  holder_name as "holderName", consent, created_at as "createdAt", stored_at as "storedAt", deleted_at as "deletedAt"`;

export type NewCard = Pick<Card, 'id' | 'tenantId' | 'customerId' | 'connector' | 'consent' | 'createdAt'>;

export async function insertCard(transaction: Transaction, card: NewCard): Promise<void> {
  await transaction.query(
    'insert into cards (tenant_id, id, customer_id, connector, consent, created_at) values ($1, $2, $3, $4, $5, $6)',
    [card.tenantId, card.id, card.customerId, card.connector, card.consent, card.createdAt],
  );
}

/** Keeps what the processor said of a card that was waiting for it; a card that is kept already stays as it is. */
export async function updateStored(
  transaction: Transaction,
  tenantId: TenantId,
  id: CardId,
  stored: { details: CardDetails | undefined; tokenSealed: string; at: Date },
): Promise<void> {
  await transaction.query(
    `update cards set token_sealed = $3, brand = $4, masked_number = $5, expiry = $6, holder_name = $7, stored_at = $8
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
    ],
  );
}

export async function selectCards(
  queryable: Queryable,
  tenantId: TenantId,
  ids: readonly CardId[],
): Promise<Card[]> {
  return queryable.query<Card>(
    `select ${columns} from cards where tenant_id = $1 and id = any($2::uuid[])`,
    [tenantId, ids],
    'select-cards',
  );
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

/** The card, kept from being deleted until the transaction ends. */
export async function shareCard(
  transaction: Transaction,
  tenantId: TenantId,
  id: CardId,
): Promise<Card | undefined> {
  const rows = await transaction.query<Card>(
    `select ${columns} from cards where tenant_id = $1 and id = $2 for share`,
    [tenantId, id],
  );
  return rows[0];
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
  await transaction.query(
    'update cards set deleted_at = $3, token_sealed = null where tenant_id = $1 and id = $2 and deleted_at is null',
    [tenantId, id, at],
  );
}

export async function selectToken(
  queryable: Queryable,
  tenantId: TenantId,
  id: CardId,
): Promise<string | null> {
  const rows = await queryable.query<{ sealed: string | null }>(
    'select token_sealed as sealed from cards where tenant_id = $1 and id = $2',
    [tenantId, id],
    'select-card-token',
  );
  return rows[0]?.sealed ?? null;
}
