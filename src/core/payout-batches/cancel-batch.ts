import { CoreError } from '#kit/errors.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { declineMove } from '../payouts/decline-payout.ts';
import { inChunks } from '../payouts/in-chunks.ts';
import { movePayouts } from '../payouts/move-payouts.ts';
import type { HeldPayout } from '../payouts/payout.ts';
import { idsOfBatch } from '../payouts/read-payout.ts';
import { businessNow } from '../tenants/tenant.ts';
import { type BatchId, requireBatch } from './batch.ts';
import { holdBatch } from './hold-batch.ts';
import { moveBatch } from './move-batch.ts';

/**
 * Ends a batch of which nothing has been funded: its payouts are voided, and cannot be issued again. `conflict` once it
 * is under way, or one of its payouts is.
 */
export async function cancelBatch(core: Core, call: Call, id: string): Promise<Answer<{ batchId: BatchId }>> {
  return runOnce(core, call, async (transaction) => {
    const batch = await holdBatch(transaction, call.tenant, id);
    requireBatch(batch, 'cancel');
    const at = businessNow(core.clock, call.tenant);
    const ids = await idsOfBatch(transaction, batch);
    await inChunks(transaction, batch.tenantId, ids, async (held) => {
      const waiting = held.filter((one) => !isDeclined(one));
      for (const { payout } of waiting)
        if (payout.status !== 'created' && payout.status !== 'held')
          throw new CoreError('conflict', 'A payment of the batch was released: decline the others.');
      const moves = waiting.map((one) => declineMove(one, 'the batch was cancelled', at));
      await movePayouts(core, transaction, moves);
    });
    await moveBatch(core, transaction, { batch, to: 'cancelled', at });
    return { batchId: batch.id };
  });
}

function isDeclined({ payout, attempt }: HeldPayout): boolean {
  return payout.status === 'voided' && attempt.declined;
}
