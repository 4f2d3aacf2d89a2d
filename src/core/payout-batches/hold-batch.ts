import type { Transaction } from '#db/database.ts';
import { notFound } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { BatchId, PayoutBatch } from './batch.ts';
import { lockBatch } from './store.ts';

/** One of the tenant's batches, its row locked until the transaction ends. Unknown and another tenant's: `not_found`. */
export async function holdBatch(
  transaction: Transaction,
  tenant: Pick<Tenant, 'id'>,
  id: string,
): Promise<PayoutBatch> {
  const batch = isUuid(id) ? await lockBatch(transaction, tenant.id, id as BatchId) : undefined;
  if (batch === undefined) throw notFound('batch');
  return batch;
}
