import type { Queryable, Transaction } from '#db/database.ts';
import { type CoreError, notFound } from '#kit/errors.ts';
import { type CardId, type CustomerId, isUuid, type TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { readCustomers } from '../customers/read-customers.ts';
import type { Tenant } from '../tenants/tenant.ts';
import { type Card, isChargeable } from './card.ts';
import { selectCards, selectCardsOf, shareCards } from './store.ts';

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
 * Customers' cards that may be charged, each in its place and kept from being deleted until the transaction ends. One that
 * was never entered or is deleted, another customer's, another tenant's and an unknown one are the same `not_found`; so is
 * a customer who is not the tenant's.
 */
export async function holdChargeables(
  transaction: Transaction,
  wanted: readonly WantedCard[],
): Promise<(Card | CoreError)[]> {
  const keys = wanted.flatMap(({ tenantId, cardId: id }) =>
    isUuid(id) ? [{ tenantId, id: id as CardId }] : [],
  );
  const found = await shareCards(transaction, keys);
  const cards = new Map(found.map((card) => [`${card.tenantId} ${card.id}`, card]));
  return Promise.all(
    wanted.map(async (one) => {
      const card = cards.get(`${one.tenantId} ${one.cardId.toLowerCase()}`);
      // The database lets a card be no one's but a customer's of its tenant.
      if (card?.customerId === one.customerId.toLowerCase() && isChargeable(card)) return card;
      return (await isCustomer(transaction, one)) ? notFound('payment method') : notFound('client');
    }),
  );
}

interface WantedCard {
  readonly tenantId: TenantId;
  readonly customerId: string;
  readonly cardId: string;
}

async function isCustomer(transaction: Transaction, { tenantId, customerId }: WantedCard): Promise<boolean> {
  if (!isUuid(customerId)) return false;
  return (await readCustomers(transaction, tenantId, [customerId as CustomerId])).size > 0;
}
