import type { Transaction } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Payout, PayoutId } from './payout.ts';
import { lockPayouts } from './store.ts';

/** Payouts that the caller knows to exist, their rows locked in one order, so that two who hold many wait for each other. */
export async function holdPayouts(
  transaction: Transaction,
  tenantId: TenantId,
  ids: readonly PayoutId[],
): Promise<Payout[]> {
  return ids.length === 0 ? [] : lockPayouts(transaction, tenantId, ids);
}
