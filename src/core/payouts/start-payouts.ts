import type { Transaction } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { makeDue } from './batched/store.ts';
import { inChunks } from './in-chunks.ts';
import { movePayouts, toHeld } from './move-payouts.ts';
import type { PayoutId } from './payout.ts';

/** Sets payouts of a batch going that were only ordered so far; where their account holds, they are held now. */
export async function startPayouts(
  core: Core,
  transaction: Transaction,
  started: {
    readonly tenantId: TenantId;
    readonly ids: readonly PayoutId[];
    readonly hold: boolean;
    readonly at: Date;
  },
): Promise<void> {
  const { tenantId, ids, hold, at } = started;
  if (!hold) return makeDue(transaction, tenantId, ids, at);
  await inChunks(transaction, tenantId, ids, async (held) => {
    await movePayouts(
      core,
      transaction,
      held.map((one) => toHeld(one, at)),
    );
  });
}
