import { notFound } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import type { Page } from '#kit/page.ts';
import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { BatchId, PayoutBatch } from './batch.ts';
import { selectBatch, selectBatches } from './store.ts';

type Means = Pick<Core, 'database'>;

/** One of the tenant's batches. An unknown id and another tenant's are the same `not_found`. */
export async function readBatch(core: Means, tenant: Pick<Tenant, 'id'>, id: string): Promise<PayoutBatch> {
  const batch = isUuid(id) ? await selectBatch(core.database, tenant.id, id as BatchId) : undefined;
  if (batch === undefined) throw notFound('batch');
  return batch;
}

/** The tenant's batches, newest first. */
export async function listBatches(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  page: Page,
): Promise<PayoutBatch[]> {
  return selectBatches(core.database, tenant.id, page);
}
