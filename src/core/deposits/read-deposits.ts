import type { Queryable } from '#db/database.ts';
import { notFound } from '#kit/errors.ts';
import { type DepositId, isUuid, type PaymentId } from '#kit/ids.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { Deposit } from './deposit.ts';
import { type HeldPlace, selectDeposit, selectDeposits } from './store.ts';

type Means = { readonly database: Queryable };

/** One of the tenant's deposits. An unknown id and another tenant's are the same `not_found`. */
export async function readDeposit(core: Means, tenant: Pick<Tenant, 'id'>, id: string): Promise<Deposit> {
  const deposit = isUuid(id) ? await selectDeposit(core.database, tenant.id, id as DepositId) : undefined;
  if (deposit === undefined) throw notFound('deposit');
  return deposit;
}

export interface DepositFilter {
  /** Those of which some is there. */
  readonly place?: HeldPlace;
  /** Those that came for this payment. */
  readonly paymentId?: PaymentId;
}

/** The tenant's deposits, newest first, from a position on. */
export async function listDeposits(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  page: DepositFilter & { before?: { createdAt: Date; id: string }; limit: number },
): Promise<Deposit[]> {
  const { place = null, paymentId = null, before = null, limit } = page;
  return selectDeposits(core.database, tenant.id, { place, paymentId, before, limit });
}
