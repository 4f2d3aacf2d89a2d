import { notFound } from '#kit/errors.ts';
import { isUuid, type OrderId } from '#kit/ids.ts';
import type { Page } from '#kit/page.ts';
import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { Order } from './order.ts';
import { type OrderFilter, selectOrder, selectOrders } from './store.ts';

/** One of the tenant's orders. An unknown id and another tenant's are the same `not_found`. */
export async function readOrder(core: Pick<Core, 'database'>, tenant: Tenant, id: string): Promise<Order> {
  const order = isUuid(id) ? await selectOrder(core.database, tenant.id, id as OrderId) : undefined;
  if (order === undefined) throw notFound('payment order');
  return order;
}

/** The tenant's orders that fit, newest first. */
export async function listOrders(
  core: Pick<Core, 'database'>,
  tenant: Pick<Tenant, 'id'>,
  filter: OrderFilter,
  page: Page,
): Promise<Order[]> {
  return selectOrders(core.database, tenant.id, filter, page);
}
