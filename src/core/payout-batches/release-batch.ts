import type { Transaction } from '#db/database.ts';
import { invalid } from '#kit/errors.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { inChunks } from '../payouts/in-chunks.ts';
import { type PayoutId, require } from '../payouts/payout.ts';
import { idsOfBatch } from '../payouts/read-payout.ts';
import { releaseHeld } from '../payouts/release-payout.ts';
import { businessNow } from '../tenants/tenant.ts';
import { type BatchId, type PayoutBatch, requireBatch } from './batch.ts';
import { holdBatch } from './hold-batch.ts';
import { moveBatch } from './move-batch.ts';

export interface BatchRelease {
  readonly id: string;
  /** Who releases it, as the caller says; kept beside the credential, which proves it. */
  readonly releasedBy: string;
  /** Which of its payouts; all that are held unless given. */
  readonly payoutIds?: readonly string[];
}

/**
 * Releases payouts of a held batch, each by the account's rule of approval; the batch is released once none of them waits.
 * `conflict` where the batch or one of the payouts named is not held, `validation_failed` where one is of no such batch.
 */
export async function releaseBatch(
  core: Core,
  call: Call,
  { id, releasedBy, payoutIds }: BatchRelease,
): Promise<Answer<{ batchId: BatchId }>> {
  const answer = await runOnce(core, call, async (transaction) => {
    const batch = await holdBatch(transaction, call.tenant, id);
    requireBatch(batch, 'release');
    const ids =
      payoutIds === undefined
        ? await idsOfBatch(transaction, batch, ['held'])
        : await requireOfBatch(transaction, batch, payoutIds);
    await inChunks(transaction, batch.tenantId, ids, async (held) => {
      // Of all that were held, one may have been declined since; of those named, each must be held.
      const present = payoutIds === undefined ? held.filter(({ payout }) => payout.status === 'held') : held;
      for (const one of present) require(one, 'release');
      await releaseHeld(core, call, transaction, { held: present, releasedBy });
    });
    const at = businessNow(core.clock, call.tenant);
    const waiting = await idsOfBatch(transaction, batch, ['held']);
    if (waiting.length === 0) await moveBatch(core, transaction, { batch, to: 'funding', at });
    return { batchId: batch.id };
  });
  core.work.nudge('payouts');
  return answer;
}

async function requireOfBatch(
  transaction: Transaction,
  batch: PayoutBatch,
  named: readonly string[],
): Promise<PayoutId[]> {
  const own = new Set<string>(await idsOfBatch(transaction, batch));
  for (const [index, id] of named.entries()) {
    if (own.has(id)) continue;
    const property = `payoutIds.${index}`;
    throw invalid(property, 'invalid_format', `${property}: is not a payment of this batch`);
  }
  return [...new Set(named)].sort() as PayoutId[];
}
