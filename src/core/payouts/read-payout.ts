import { notFound } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { Attempt, Payout, PayoutId } from './payout.ts';
import {
  type PayoutTransition,
  selectAttempts,
  selectPayout,
  selectPayouts,
  selectTransitions,
} from './store.ts';

type Means = Pick<Core, 'database'>;

/** One of the tenant's payouts. An unknown id and another tenant's are the same `not_found`. */
export async function readPayout(core: Means, tenant: Pick<Tenant, 'id'>, id: string): Promise<Payout> {
  const payout = isUuid(id) ? await selectPayout(core.database, tenant.id, id as PayoutId) : undefined;
  if (payout === undefined) throw notFound('payment');
  return payout;
}

/** A payout with all its instruments, oldest first, and all that happened to it. */
export interface PayoutRecord {
  readonly payout: Payout;
  readonly attempts: readonly Attempt[];
  readonly transitions: readonly PayoutTransition[];
}

/** One of the tenant's payouts, whole. */
export async function readPayoutRecord(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  id: string,
): Promise<PayoutRecord> {
  const payout = await readPayout(core, tenant, id);
  const [attempts, transitions] = await Promise.all([
    selectAttempts(core.database, tenant.id, payout.id),
    selectTransitions(core.database, tenant.id, payout.id),
  ]);
  return { payout, attempts, transitions };
}

/** The tenant's payouts, newest first. */
export async function listPayouts(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  page: { readonly after?: { createdAt: Date; id: string }; readonly limit: number },
): Promise<Payout[]> {
  return selectPayouts(core.database, tenant.id, { after: page.after ?? null, limit: page.limit });
}
