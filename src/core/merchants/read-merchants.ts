import type { Queryable } from '#db/database.ts';
import { CoreError, notFound } from '#kit/errors.ts';
import { isUuid, type MerchantId, type TenantId } from '#kit/ids.ts';
import type { Page } from '#kit/page.ts';
import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { Merchant } from './merchant.ts';
import { selectKnownMerchants, selectMerchant, selectMerchants, selectMerchantsNamed } from './store.ts';

/** The tenant's merchants, newest first. */
export async function listMerchants(
  core: Pick<Core, 'database'>,
  tenant: Pick<Tenant, 'id'>,
  page: Page,
): Promise<Merchant[]> {
  return selectMerchants(core.database, tenant.id, page);
}

/** One of the tenant's merchants. An unknown id and another tenant's are the same `not_found`. */
export async function findMerchant(
  core: Pick<Core, 'database'>,
  tenant: Pick<Tenant, 'id'>,
  id: string,
): Promise<Merchant> {
  const merchant = isUuid(id) ? await selectMerchant(core.database, tenant.id, id as MerchantId) : undefined;
  if (merchant === undefined) throw notFound('merchant');
  return merchant;
}

/** A merchant that the caller knows to exist. */
export async function readMerchant(
  core: Pick<Core, 'database'>,
  tenant: Pick<Tenant, 'id'>,
  id: MerchantId,
): Promise<Merchant> {
  const merchant = await selectMerchant(core.database, tenant.id, id);
  if (merchant === undefined) throw new Error(`merchant ${id} is missing`);
  return merchant;
}

/** Those of the tenant's merchants that are named, by id. */
export async function readMerchantsNamed(
  queryable: Queryable,
  tenantId: TenantId,
  ids: readonly MerchantId[],
): Promise<ReadonlyMap<MerchantId, Merchant>> {
  const rows = ids.length === 0 ? [] : await selectMerchantsNamed(queryable, tenantId, ids);
  return new Map(rows.map((merchant) => [merchant.id, merchant]));
}

/** Refuses, as `operation_forbidden`, to name a merchant that is not the tenant's or was denied. */
export async function requireKnownMerchants(
  queryable: Queryable,
  tenantId: TenantId,
  named: readonly { readonly merchantId: MerchantId | null }[],
): Promise<void> {
  const ids = named.flatMap(({ merchantId }) => (merchantId === null ? [] : [merchantId]));
  const isKnown = await knownMerchants(
    queryable,
    ids.map((id) => ({ tenantId, id })),
  );
  if (!ids.every((id) => isKnown({ tenantId, id }))) throw unknownMerchant();
}

/** The one answer to naming a merchant for money that cannot be. */
export function unknownMerchant(): CoreError {
  return new CoreError('operation_forbidden', 'There is no such merchant, or it was denied.');
}

/** A merchant as a tenant names it. */
export interface NamedMerchant {
  readonly tenantId: TenantId;
  readonly id: MerchantId;
}

/** Answers which of the merchants named are their tenant's own and were not denied. */
export async function knownMerchants(
  queryable: Queryable,
  named: readonly NamedMerchant[],
): Promise<(one: NamedMerchant) => boolean> {
  const rows = named.length === 0 ? [] : await selectKnownMerchants(queryable, named);
  const known = new Set(rows.map(keyOf));
  return (one) => known.has(keyOf(one));
}

function keyOf({ tenantId, id }: NamedMerchant): string {
  return `${tenantId}:${id}`;
}
