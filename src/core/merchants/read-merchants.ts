import type { Queryable } from '#db/database.ts';
import type { MerchantId, TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { Merchant } from './merchant.ts';
import { selectKnownMerchants, selectMerchant, selectMerchants } from './store.ts';

/** The tenant's merchants, newest first. */
export async function listMerchants(
  core: Pick<Core, 'database'>,
  tenant: Pick<Tenant, 'id'>,
  page: { before?: { createdAt: Date; id: string }; limit: number },
): Promise<Merchant[]> {
  return selectMerchants(core.database, tenant.id, { before: page.before ?? null, limit: page.limit });
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

/** A merchant as a tenant names it. */
export interface NamedMerchant {
  readonly tenantId: TenantId;
  readonly id: MerchantId;
}

/** Answers which of the merchants named are their tenant's own. */
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
