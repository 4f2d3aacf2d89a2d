import { notFound } from '#kit/errors.ts';
import type { TenantId } from '#kit/ids.ts';
import { readBalances } from '#ledger/read-balances.ts';
import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
import { fundsAccounts, type PayoutAccount } from './account.ts';
import { openBankNumber } from './open-account.ts';
import { selectAccount, selectAccounts } from './store.ts';

/** An account with what it holds, in US cents. */
export interface AccountStatement {
  readonly account: PayoutAccount;
  readonly bankAccountLast4: string;
  /** At the bank: what is available and what is promised together. */
  readonly atBank: bigint;
  /** Promised to payees and not gone yet. */
  readonly promised: bigint;
}

type Means = Pick<Core, 'database' | 'keyring'>;

/** Every account of the tenant, by name. They are few: a payer has one for each plan it pays for. */
export async function listPayoutAccounts(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
): Promise<AccountStatement[]> {
  return state(core, tenant.id, await selectAccounts(core.database, tenant.id));
}

/** Throws `not_found` where the tenant has no account of this name. */
export async function readPayoutAccount(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  id: string,
): Promise<AccountStatement> {
  const account = await selectAccount(core.database, tenant.id, id);
  const [statement] = account === undefined ? [] : await state(core, tenant.id, [account]);
  if (statement === undefined) throw notFound('payout account');
  return statement;
}

async function state(
  core: Means,
  tenantId: TenantId,
  accounts: readonly PayoutAccount[],
): Promise<AccountStatement[]> {
  const balances = new Map(
    (await readBalances(core.database, tenantId)).map(({ code, balance }) => [code, balance]),
  );
  return accounts.map((account) => ({
    account,
    bankAccountLast4: openBankNumber(core, account).slice(-4),
    atBank: balances.get(fundsAccounts.bank(account.id)) ?? 0n,
    promised: -(balances.get(fundsAccounts.promised(account.id)) ?? 0n),
  }));
}
