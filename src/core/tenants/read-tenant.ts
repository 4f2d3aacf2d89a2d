import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { selectTenant, selectTenants } from './store.ts';
import type { Tenant } from './tenant.ts';

/** A tenant that the caller knows to exist. */
export async function readTenant(core: Pick<Core, 'database'>, id: TenantId): Promise<Tenant> {
  const tenant = await selectTenant(core.database, id);
  if (tenant === undefined) throw new Error(`tenant ${id} is missing`);
  return tenant;
}

export async function listTenants(core: Pick<Core, 'database'>): Promise<Tenant[]> {
  return selectTenants(core.database);
}
