import type { Queryable } from '#db/database.ts';
import { notFound } from '#kit/errors.ts';
import { type CustomerId, isUuid, type TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
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

/** One of the tenant's customers. An unknown id and another tenant's are the same `not_found`. */
export async function readCustomer(
  core: Pick<Core, 'database'>,
  tenant: Pick<Tenant, 'id'>,
  id: string,
): Promise<Customer> {
  const [customer] = isUuid(id) ? await selectCustomers(core.database, tenant.id, [id as CustomerId]) : [];
  if (customer === undefined) throw notFound('client');
  return customer;
}
