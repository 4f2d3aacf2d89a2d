import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { changeFunds } from './change-funds.ts';
import { holdPayoutAccount } from './hold-account.ts';
import { insertFunding } from './store.ts';

/**
 * Writes down that money has arrived in an account, once for a reference. Answers whether this was the first that was
 * heard of it.
 */
export async function fundPayoutAccount(
  core: Pick<Core, 'database' | 'ids'>,
  funding: { tenantId: TenantId; accountId: string; reference: string; amount: bigint; at: Date },
): Promise<boolean> {
  const { tenantId, accountId, reference, amount, at } = funding;
  return core.database.transaction(async (transaction) => {
    const account = await holdPayoutAccount(transaction, tenantId, accountId);
    if (!(await insertFunding(transaction, funding))) return false;
    await changeFunds(core, transaction, account, [
      { change: 'funded', reference: `payout-funding:${accountId}:${reference}`, amount, at },
    ]);
    return true;
  });
}
