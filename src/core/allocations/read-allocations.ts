import { CoreError } from '#kit/errors.ts';
import type { DisbursementId, TenantId } from '#kit/ids.ts';
import type { Page } from '#kit/page.ts';
import type { Core } from '../core.ts';
import { readOrder } from '../orders/read-order.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { Allocation } from './allocation.ts';
import { type AllocationFilter, selectAllocations, selectByOrder, selectOfDisbursements } from './store.ts';

type Means = Pick<Core, 'database'>;

/** The tenant's allocations that fit, newest first. */
export async function listAllocations(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  filter: AllocationFilter,
  page: Page,
): Promise<Allocation[]> {
  return selectAllocations(core.database, tenant.id, filter, page);
}

/** All allocations of an order. `operation_forbidden` before it was split: there are none to be told yet. */
export async function readAllocationsOfOrder(core: Means, tenant: Tenant, id: string): Promise<Allocation[]> {
  const order = await readOrder(core, tenant, id);
  if (order.status === 'open' || order.status === 'closed') {
    throw new CoreError('operation_forbidden', `The payment order is ${order.status}, not split yet.`);
  }
  return selectByOrder(core.database, tenant.id, order.id);
}

/** What some disbursements settled. */
export async function readAllocationsOfDisbursements(
  core: Means,
  tenantId: TenantId,
  ids: readonly DisbursementId[],
): Promise<Allocation[]> {
  return ids.length === 0 ? [] : selectOfDisbursements(core.database, tenantId, ids);
}
