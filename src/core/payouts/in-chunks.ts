import type { Transaction } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import { withAttempts } from './hold-payout.ts';
import { holdPayouts } from './hold-payouts.ts';
import type { HeldPayout, PayoutId } from './payout.ts';

/** Payouts in memory at once: enough to share the cost of a statement, few enough for thousands to need no room. */
const chunkSize = 500;

/** Locks payouts a few hundred at a time, in the order given, which must be that of their ids, and does `act` with each lot. */
export async function inChunks(
  transaction: Transaction,
  tenantId: TenantId,
  ids: readonly PayoutId[],
  act: (held: readonly HeldPayout[]) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < ids.length; from += chunkSize) {
    const payouts = await holdPayouts(transaction, tenantId, ids.slice(from, from + chunkSize));
    await act(await withAttempts(transaction, payouts));
  }
}
