import { CoreError } from '#kit/errors.ts';
import type { MerchantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { Merchant } from './merchant.ts';
import { selectMerchants } from './store.ts';

/** Those of the merchants named that are the tenant's own, by id. */
export async function readMerchants(
  core: Pick<Core, 'database'>,
  tenant: Pick<Tenant, 'id'>,
  ids: readonly MerchantId[],
): Promise<ReadonlyMap<MerchantId, Merchant>> {
  const rows = ids.length === 0 ? [] : await selectMerchants(core.database, tenant.id, [...new Set(ids)]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Refuses, as `operation_forbidden`, a merchant that is not the tenant's own. */
export async function requireMerchants(
  core: Pick<Core, 'database'>,
  tenant: Pick<Tenant, 'id'>,
  ids: readonly MerchantId[],
): Promise<void> {
  const known = await readMerchants(core, tenant, ids);
  if (ids.every((id) => known.has(id))) return;
  throw new CoreError('operation_forbidden', 'There is no such merchant.');
}
