import { notFound } from '#kit/errors.ts';
import { type DisbursementId, isUuid, type PayoutId } from '#kit/ids.ts';
import type { Page } from '#kit/page.ts';
import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { Disbursement, Payout } from './disbursement.ts';
import {
  type Between,
  selectDisbursement,
  selectDisbursements,
  selectPayout,
  selectPayouts,
} from './store.ts';

type Means = Pick<Core, 'database'>;

/** One of the tenant's disbursements. An unknown id and another tenant's are the same `not_found`. */
export async function readDisbursement(core: Means, tenant: Tenant, id: string): Promise<Disbursement> {
  const found = isUuid(id)
    ? await selectDisbursement(core.database, tenant.id, id as DisbursementId)
    : undefined;
  if (found === undefined) throw notFound('disbursement');
  return found;
}

/** The tenant's disbursements of some time, newest first. */
export async function listDisbursements(
  core: Means,
  tenant: Tenant,
  between: Between,
  page: Page,
): Promise<Disbursement[]> {
  return selectDisbursements(core.database, tenant.id, between, page);
}

/** One of the tenant's payouts. An unknown id and another tenant's are the same `not_found`. */
export async function readPayout(core: Means, tenant: Tenant, id: string): Promise<Payout> {
  const found = isUuid(id) ? await selectPayout(core.database, tenant.id, id as PayoutId) : undefined;
  if (found === undefined) throw notFound('payout');
  return found;
}

/** The tenant's payouts of some time, newest first. */
export async function listPayouts(
  core: Means,
  tenant: Tenant,
  between: Between,
  page: Page,
): Promise<Payout[]> {
  return selectPayouts(core.database, tenant.id, between, page);
}
