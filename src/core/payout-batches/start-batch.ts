import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { requireAccount } from '../payouts/create-payout.ts';
import { idsOfBatch } from '../payouts/read-payout.ts';
import { startPayouts } from '../payouts/start-payouts.ts';
import { businessNow } from '../tenants/tenant.ts';
import { type BatchId, requireBatch, requireWhole } from './batch.ts';
import { holdBatch } from './hold-batch.ts';
import { moveBatch } from './move-batch.ts';

/**
 * Closes a batch to additions and sets its payouts going; where the account holds, they wait to be released. `conflict`
 * where it was started before, is empty, or does not hold what was expected.
 */
export async function startBatch(core: Core, call: Call, id: string): Promise<Answer<{ batchId: BatchId }>> {
  const answer = await runOnce(core, call, async (transaction) => {
    const batch = await holdBatch(transaction, call.tenant, id);
    requireBatch(batch, 'start');
    requireWhole(batch);
    const inside = { database: transaction };
    const { settings } = await requireAccount(inside, batch.tenantId, batch.accountId);
    const at = businessNow(core.clock, call.tenant);
    const ids = await idsOfBatch(transaction, batch, ['created']);
    await startPayouts(core, transaction, { tenantId: batch.tenantId, ids, hold: settings.hold, at });
    await moveBatch(core, transaction, { batch, to: settings.hold ? 'held' : 'funding', at });
    return { batchId: batch.id };
  });
  core.work.nudge('payouts');
  return answer;
}
