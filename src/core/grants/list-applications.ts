import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
import { type Application, selectApplications } from './store.ts';

/** The tenant's applications whose credentials are good, newest first. */
export async function listApplications(
  core: Pick<Core, 'database' | 'clock'>,
  tenant: Pick<Tenant, 'id'>,
): Promise<Application[]> {
  return selectApplications(core.database, tenant.id, core.clock.now());
}
