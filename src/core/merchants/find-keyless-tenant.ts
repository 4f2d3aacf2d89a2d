import { isUuid, type MerchantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { readTenant } from '../tenants/read-tenant.ts';
import type { Tenant } from '../tenants/tenant.ts';
import { selectOwners } from './store.ts';

/** The tenant whose merchant it is, if it lets payments be made in its name without a key; else undefined. */
export async function findKeylessTenant(
  core: Pick<Core, 'database'>,
  merchantId: string,
): Promise<Tenant | undefined> {
  if (!isUuid(merchantId)) return undefined;
  const [tenantId, ...more] = await selectOwners(core.database, merchantId as MerchantId);
  // An id that two books use does not say which of them is meant.
  if (tenantId === undefined || more.length > 0) return undefined;
  const tenant = await readTenant(core, tenantId);
  return tenant.settings.keylessHosts === undefined ? undefined : tenant;
}
