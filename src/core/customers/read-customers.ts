import type { Queryable } from '#db/database.ts';
import type { CustomerId, TenantId } from '#kit/ids.ts';
import type { Customer } from './customer.ts';
import { selectCustomers } from './store.ts';

/** The tenant's customers of these ids, by id. */
export async function readCustomers(
  queryable: Queryable,
  tenantId: TenantId,
  ids: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, Customer>> {
  const rows = ids.length === 0 ? [] : await selectCustomers(queryable, tenantId, ids);
  return new Map(rows.map((row) => [row.id, row]));
}
