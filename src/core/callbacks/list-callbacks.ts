import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { Callback, CallbackStatus } from './callback.ts';
import { selectCallbacks } from './store.ts';

/** The tenant's callbacks, newest first. */
export async function listCallbacks(
  core: Core,
  tenant: Tenant,
  page: { status?: CallbackStatus; limit: number },
): Promise<Callback[]> {
  return selectCallbacks(core.database, tenant.id, { status: page.status ?? null, limit: page.limit });
}
