import type { Transaction } from '#db/database.ts';
import { minorToJson } from '#kit/money.ts';
import type { Core } from '../core.ts';
import { recordEvents } from '../events/record-events.ts';
import { type BatchStatus, batchTransitions, type PayoutBatch } from './batch.ts';
import { updateBatchStatus } from './store.ts';

/** Moves a batch that the caller holds, with its event. A move the table does not know is a bug and throws. */
export async function moveBatch(
  core: Core,
  transaction: Transaction,
  { batch, to, at }: { readonly batch: PayoutBatch; readonly to: BatchStatus; readonly at: Date },
): Promise<PayoutBatch> {
  const allowed: readonly BatchStatus[] = batchTransitions[batch.status];
  if (!allowed.includes(to)) throw new Error(`batch ${batch.id} cannot go from ${batch.status} to ${to}`);
  await updateBatchStatus(transaction, batch, to);
  const moved = { ...batch, status: to, version: batch.version + 1 };
  // What was held is told to have been released; what was not simply goes on.
  const what = batch.status === 'held' && to === 'funding' ? 'released' : to;
  await recordBatchEvent(core, transaction, { batch: moved, what, at });
  return moved;
}

/** Writes down what happened to a batch, with what it is and nothing of its payees. */
export async function recordBatchEvent(
  core: Core,
  transaction: Transaction,
  told: { readonly batch: PayoutBatch; readonly what: BatchStatus | 'released'; readonly at: Date },
): Promise<void> {
  const { batch, what, at } = told;
  const { tenantId, id, version } = batch;
  const data = {
    batchId: id,
    accountId: batch.accountId,
    subAccountId: batch.subAccountId,
    fundingType: batch.fundingType,
    total: minorToJson(batch.total),
    currency: 'USD',
    payouts: batch.payouts,
    status: batch.status,
  };
  await recordEvents(core, transaction, [
    { tenantId, type: `payout-batch.${what}`, subject: { kind: 'payout-batch', id, version }, data, at },
  ]);
}
