import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { authorisationOf } from '../operations/read-operations.ts';
import { readTenant } from '../tenants/read-tenant.ts';
import { businessNow } from '../tenants/tenant.ts';
import { selectLapsed } from './captures/store.ts';
import { holdWhole } from './hold-payment.ts';
import { hasLapsed, type Payment } from './payment.ts';
import { release } from './release-payment.ts';

/** Payments looked at in one sweep. */
const batchSize = 100;

/**
 * Lets go of money whose hold is over in its tenant's time, and answers how many payments there were. One that is being
 * captured is left until the processor has said what became of that.
 */
export async function lapseAuthorisations(core: Core, tenantId?: TenantId): Promise<number> {
  const lapsed = await selectLapsed(core.database, {
    wallNow: core.clock.now(),
    limit: batchSize,
    tenantId: tenantId ?? null,
  });
  for (const payment of lapsed) await lapse(core, payment);
  return lapsed.length;
}

async function lapse(core: Core, { tenantId, id }: Pick<Payment, 'tenantId' | 'id'>): Promise<void> {
  const tenant = await readTenant(core, tenantId);
  await core.database.transaction(async (transaction) => {
    const held = await holdWhole(transaction, tenantId, id);
    const { status, capturing, lapsesAt } = held.payment;
    // Whoever had the lock before may have captured it, released it, or begun to.
    if (status !== 'authorised' || capturing > 0n || lapsesAt === null) return;
    if (!hasLapsed(held.payment, businessNow(core.clock, tenant))) return;
    const authorisation = await authorisationOf(transaction, tenantId, id);
    await release(core, transaction, held, authorisation, { reason: 'lapsed', at: lapsesAt });
  });
}
