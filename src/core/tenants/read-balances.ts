import { readBalances as readLedgerBalances } from '#ledger/read-balances.ts';
import type { Core } from '../core.ts';
import type { Tenant } from './tenant.ts';

/** One account of a tenant's ledger. */
export interface AccountBalance {
  readonly code: string;
  readonly currency: string;
  /** Minor units; what debits exceed credits by. */
  readonly balance: bigint;
}

/** Every account of the tenant's ledger with what it holds now. */
export async function readBalances(core: Core, tenant: Tenant): Promise<AccountBalance[]> {
  return readLedgerBalances(core.database, tenant.id);
}
