import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { peekTenant } from '../tenants/read-tenant.ts';
import { businessNow } from '../tenants/tenant.ts';
import type { BatchStatus } from './batch.ts';
import { moveBatch } from './move-batch.ts';
import { lockOvertaken } from './store.ts';

/** Batches moved on in one transaction. */
const batchSize = 32;

/** Where a batch goes once its payouts have overtaken it. */
const nextOf: Readonly<Partial<Record<BatchStatus, BatchStatus>>> = {
  held: 'funding',
  funding: 'processing',
  processing: 'completed',
};

/** Moves batches on to where their payouts are, one status at a time, and answers how many moved. */
export async function advanceBatches(core: Core, tenantId?: TenantId): Promise<number> {
  return core.database.transaction(async (transaction) => {
    const batches = await lockOvertaken(transaction, tenantId ?? null, batchSize);
    for (const batch of batches) {
      const to = nextOf[batch.status];
      if (to === undefined) throw new Error(`batch ${batch.id} is ${batch.status} and does not go on`);
      const tenant = await peekTenant(transaction, batch.tenantId);
      await moveBatch(core, transaction, { batch, to, at: businessNow(core.clock, tenant) });
    }
    return batches.length;
  });
}
