import type { Transaction } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import type { PayoutAccount } from './account.ts';
import { lockAccount } from './store.ts';

/** The account, its row locked until the transaction ends. Payouts are locked before it, never after. */
export async function holdPayoutAccount(
  transaction: Transaction,
  tenantId: TenantId,
  id: string,
): Promise<PayoutAccount> {
  const account = await lockAccount(transaction, tenantId, id);
  if (account === undefined) throw new Error(`payout account ${id} of ${tenantId} is missing`);
  return account;
}
