import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { type BatchId, requireBatch } from './batch.ts';
import { holdBatch } from './hold-batch.ts';
import { updateExpected } from './store.ts';

export interface BatchChange {
  readonly id: string;
  /** US cents; what is not given stays as it is. */
  readonly expectedTotal?: bigint;
  readonly expectedCount?: number;
}

/** Changes what a batch that is not started is expected to hold; else `conflict`. */
export async function changeBatch(
  core: Core,
  call: Call,
  { id, ...change }: BatchChange,
): Promise<Answer<{ batchId: BatchId }>> {
  return runOnce(core, call, async (transaction) => {
    const batch = await holdBatch(transaction, call.tenant, id);
    requireBatch(batch, 'change');
    await updateExpected(transaction, { ...batch, ...change });
    return { batchId: batch.id };
  });
}
