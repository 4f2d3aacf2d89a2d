import type { Queryable } from '#db/database.ts';
import { notFound } from '#kit/errors.ts';
import type { Search } from '#kit/search.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { Hook } from './hook.ts';
import { countHooks, listColumns, selectHook, selectHooks } from './store.ts';

type Means = { readonly database: Queryable };

/** What a list of hooks may be filtered and ordered by. */
export const hookColumns = listColumns;

/** One of the tenant's hooks. An unknown id and another tenant's are the same `not_found`. */
export async function readHook(core: Means, tenant: Pick<Tenant, 'id'>, id: bigint): Promise<Hook> {
  const found = await selectHook(core.database, tenant.id, id);
  if (found === undefined) throw notFound('hook');
  return found;
}

/** A page of them, and how many there are in all. */
export async function listHooks(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  search: Search & { limit: number; offset: number },
): Promise<{ count: number; objects: Hook[] }> {
  const [count, objects] = await Promise.all([
    countHooks(core.database, tenant.id, search),
    selectHooks(core.database, tenant.id, search),
  ]);
  return { count, objects };
}
