import type { Queryable } from '#db/database.ts';
import { notFound } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
import { selectIdsOfBatch } from './batched/store.ts';
import type { Attempt, Payout, PayoutId, PayoutStatus } from './payout.ts';
import {
  type PayoutTransition,
  selectAttempts,
  selectPayout,
  selectPayouts,
  selectPayoutsById,
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

/** The ids of a batch's payouts, of all or of those in these statuses, in the order in which they are locked. */
export async function idsOfBatch(
  queryable: Queryable,
  batch: { readonly tenantId: Payout['tenantId']; readonly id: string },
  statuses?: readonly PayoutStatus[],
): Promise<PayoutId[]> {
  return selectIdsOfBatch(queryable, batch, statuses ?? null);
}

/** Payouts that the caller knows to be the tenant's, in the order of the ids. */
export async function readPayouts(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  ids: readonly PayoutId[],
): Promise<Payout[]> {
  const rows = await selectPayoutsById(core.database, tenant.id, ids);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
