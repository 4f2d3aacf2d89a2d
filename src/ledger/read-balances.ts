import type { Queryable } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import { type Balance, selectBalances } from './store.ts';

/** Every account of the tenant with its balance in minor units, debits positive. */
export async function readBalances(queryable: Queryable, tenantId: TenantId): Promise<Balance[]> {
  return selectBalances(queryable, tenantId);
}
