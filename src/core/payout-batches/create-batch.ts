import { CoreError } from '#kit/errors.ts';
import { hashToken } from '#kit/secrets.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { requireAccount } from '../payouts/create-payout.ts';
import { businessNow } from '../tenants/tenant.ts';
import type { BatchId, PayoutBatch } from './batch.ts';
import { recordBatchEvent } from './move-batch.ts';
import { insertBatch, selectBatchByReference } from './store.ts';

export interface NewBatch {
  /** Which of the tenant's accounts pays. */
  readonly accountId: string;
  readonly subAccountId: string | null;
  readonly reference: string;
  /** US cents. */
  readonly expectedTotal: bigint | null;
  readonly expectedCount: number | null;
}

/**
 * Makes a batch to which payouts may be added. The caller's reference names it for ever: the same request again answers
 * the same batch, another one under a used reference is `conflict`. An unknown account is `validation_failed`.
 */
export async function createBatch(
  core: Core,
  call: Call,
  input: NewBatch,
): Promise<Answer<{ batchId: BatchId; existed: boolean }>> {
  const account = await requireAccount(core, call.tenant.id, input.accountId);
  const at = businessNow(core.clock, call.tenant);
  const batch: PayoutBatch = {
    ...input,
    tenantId: call.tenant.id,
    id: core.ids.uuid() as BatchId,
    inputHash: hashToken(core.pepper, digestOf(input)),
    fundingType: account.settings.fundingType,
    total: 0n,
    payouts: 0,
    status: 'created',
    version: 1,
    createdAt: at,
  };
  return runOnce(core, call, async (transaction) => {
    if (await insertBatch(transaction, batch)) {
      await recordBatchEvent(core, transaction, { batch, what: 'created', at });
      return { batchId: batch.id, existed: false };
    }
    const found = await selectBatchByReference(transaction, call.tenant.id, input.reference);
    if (found?.inputHash.equals(batch.inputHash) === true) return { batchId: found.id, existed: true };
    throw new CoreError('conflict', 'This clientRequestId was used before for another batch.');
  });
}

function digestOf({ accountId, subAccountId, expectedTotal, expectedCount }: NewBatch): string {
  return JSON.stringify([accountId, subAccountId, expectedTotal?.toString() ?? null, expectedCount]);
}
