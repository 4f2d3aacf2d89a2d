import type { Queryable } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { businessNow, type Tenant } from '../tenants/tenant.ts';
import { type AccountSettings, isPrefunded, type PayoutAccount } from './account.ts';
import { selectAccount, selectNamedAccounts, upsertAccount } from './store.ts';

export interface NewPayoutAccount {
  readonly id: string;
  readonly settings: AccountSettings;
  /** The number of the bank account; kept sealed. */
  readonly bankAccountNumber: string;
  /** The first check and the first ACH entry get these numbers; 1 unless given. */
  readonly firstCheck?: bigint;
  readonly firstTrace?: bigint;
}

type Means = Pick<Core, 'clock' | 'keyring'> & { readonly database: Queryable };

/** Opens an account to pay out of, or changes its settings. Its numbers only ever go on. */
export async function openPayoutAccount(
  core: Means,
  tenant: Pick<Tenant, 'id' | 'clockOffsetMs'>,
  input: NewPayoutAccount,
): Promise<void> {
  const sealed = core.keyring.seal(Buffer.from(input.bankAccountNumber), contextOf(tenant.id, input.id));
  await upsertAccount(core.database, {
    tenantId: tenant.id,
    id: input.id,
    settings: input.settings,
    bankAccountSealed: sealed,
    prefunded: isPrefunded[input.settings.fundingType],
    firstCheck: input.firstCheck ?? 1n,
    firstTrace: input.firstTrace ?? 1n,
    createdAt: businessNow(core.clock, tenant),
  });
}

/** The account of this name, where the tenant has it. */
export async function findPayoutAccount(
  core: { readonly database: Queryable },
  tenantId: TenantId,
  id: string,
): Promise<PayoutAccount | undefined> {
  return selectAccount(core.database, tenantId, id);
}

/** One account by its name, which is unique to its tenant. */
export type NamedAccount = Pick<PayoutAccount, 'tenantId' | 'id'>;

/** The accounts of these names, each in its place; undefined where the tenant has none. */
export async function findPayoutAccounts(
  core: { readonly database: Queryable },
  named: readonly NamedAccount[],
): Promise<(PayoutAccount | undefined)[]> {
  const nameOf = ({ tenantId, id }: NamedAccount) => `${tenantId} ${id}`;
  const found = new Map((await selectNamedAccounts(core.database, named)).map((one) => [nameOf(one), one]));
  return named.map((one) => found.get(nameOf(one)));
}

/** The number of the bank account the money leaves from. */
export function openBankNumber(
  core: Pick<Core, 'keyring'>,
  account: Pick<PayoutAccount, 'tenantId' | 'id' | 'bankAccountSealed'>,
): string {
  return core.keyring.open(account.bankAccountSealed, contextOf(account.tenantId, account.id)).toString();
}

/** What a number is sealed as. */
export function contextOf(tenantId: TenantId, id: string): string {
  return `payout-account:${tenantId}:${id}`;
}
