import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { Callback, CallbackStatus } from './callback.ts';
import { selectCallbacks } from './store.ts';

/** The tenant's callbacks, newest first, from a position on. */
export async function listCallbacks(
  core: Core,
  tenant: Tenant,
  page: { status?: CallbackStatus; before?: { createdAt: Date; id: string }; limit: number },
): Promise<Callback[]> {
  return selectCallbacks(core.database, tenant.id, {
    status: page.status ?? null,
    before: page.before ?? null,
    limit: page.limit,
  });
}
