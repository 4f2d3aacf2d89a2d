import type { Transaction } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { PayoutAccount } from './account.ts';
import { changeFunds } from './change-funds.ts';
import { holdPayoutAccount } from './hold-account.ts';
import { insertFunding } from './store.ts';

/** Money that arrived at the bank, by the bank's own name for it. */
export interface Funding {
  readonly tenantId: TenantId;
  readonly accountId: string;
  readonly reference: string;
  readonly amount: bigint;
  readonly at: Date;
}

/**
 * Writes down that money has arrived in an account, once for a reference. Answers whether this was the first that was
 * heard of it.
 */
export async function fundPayoutAccount(
  core: Pick<Core, 'database' | 'ids'>,
  funding: Funding,
): Promise<boolean> {
  return core.database.transaction(async (transaction) => {
    const account = await holdPayoutAccount(transaction, funding.tenantId, funding.accountId);
    return bookFunding(core, transaction, account, funding);
  });
}

/** The same for an account that the caller holds. */
export async function bookFunding(
  core: Pick<Core, 'ids'>,
  transaction: Transaction,
  account: Pick<PayoutAccount, 'tenantId' | 'id'>,
  funding: Funding,
): Promise<boolean> {
  if (!(await insertFunding(transaction, funding))) return false;
  const { accountId, reference, amount, at } = funding;
  await changeFunds(core, transaction, account, [
    { change: 'funded', reference: `payout-funding:${accountId}:${reference}`, amount, at },
  ]);
  return true;
}
