import type { Queryable, Transaction } from '#db/database.ts';
import { notFound } from '#kit/errors.ts';
import { type CardId, type CustomerId, isUuid, type TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
import { type Card, isChargeable } from './card.ts';
import { selectCards, selectCardsOf, shareCard } from './store.ts';

/** The cards a customer ever let us keep, oldest first. */
export async function listCards(
  core: Pick<Core, 'database'>,
  tenant: Pick<Tenant, 'id'>,
  customerId: CustomerId,
): Promise<Card[]> {
  return selectCardsOf(core.database, tenant.id, customerId);
}

/** One of the tenant's cards that is or was kept. An unknown id and another tenant's are the same `not_found`. */
export async function readCard(
  core: Pick<Core, 'database'>,
  tenant: Pick<Tenant, 'id'>,
  id: string,
): Promise<Card> {
  const [card] = isUuid(id) ? await selectCards(core.database, tenant.id, [id as CardId]) : [];
  if (card === undefined || card.storedAt === null) throw notFound('payment method');
  return card;
}

/** Cards of these ids, by id. */
export async function readCards(
  queryable: Queryable,
  tenantId: TenantId,
  ids: readonly CardId[],
): Promise<ReadonlyMap<CardId, Card>> {
  const rows = ids.length === 0 ? [] : await selectCards(queryable, tenantId, ids);
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * A customer's card that may be charged, kept from being deleted until the transaction ends. One that was never entered
 * or is deleted, another customer's, another tenant's and an unknown one are the same `not_found`.
 */
export async function holdChargeable(
  transaction: Transaction,
  tenantId: TenantId,
  wanted: { id: string; customerId: CustomerId },
): Promise<Card> {
  const card = isUuid(wanted.id) ? await shareCard(transaction, tenantId, wanted.id as CardId) : undefined;
  if (card === undefined || card.customerId !== wanted.customerId || !isChargeable(card))
    throw notFound('payment method');
  return card;
}
