import type { Transaction } from '#db/database.ts';
import { later } from '#kit/clock.ts';
import type { CoreError } from '#kit/errors.ts';
import type { OperationId, PaymentId, TenantId } from '#kit/ids.ts';
import { readCards } from '../cards/read-cards.ts';
import type { Core } from '../core.ts';
import { readTenant } from '../tenants/read-tenant.ts';
import { businessNow, type Tenant } from '../tenants/tenant.ts';
import { beginCharges, type NewCharge } from './begin-charges.ts';
import { moveSubscription } from './move-subscription.ts';
import { lockDue, selectTenantsDue, updateUnderWay } from './store.ts';
import type { Subscription } from './subscription.ts';

/** A cycle whose charge is written down and is this process's to send until the lease ends. */
export interface ClaimedCycle {
  readonly tenantId: TenantId;
  readonly operationId: OperationId;
  readonly leaseUntil: Date;
}

/** Tenants looked after in one go: the rest is next. */
const maxTenants = 8;

/**
 * Takes cycles that are due in their tenant's time, one of each plan, and writes the intent to charge each: once that is
 * committed a plan is no longer due, so no other node takes it, however many look. A plan that owes several cycles after
 * an outage has the next one taken when this one is paid.
 */
export async function claimDueCycles(
  core: Core,
  limit: number,
  tenantId?: TenantId,
): Promise<readonly ClaimedCycle[]> {
  const wallNow = core.clock.now();
  const due = { wallNow, limit: maxTenants, tenantId: tenantId ?? null };
  const claimed: ClaimedCycle[] = [];
  for (const id of await selectTenantsDue(core.database, due)) {
    if (claimed.length >= limit) break;
    const tenant = await readTenant(core, id);
    const room = limit - claimed.length;
    claimed.push(
      ...(await core.database.transaction((transaction) => claim(core, transaction, tenant, room))),
    );
  }
  return claimed;
}

async function claim(
  core: Core,
  transaction: Transaction,
  tenant: Tenant,
  limit: number,
): Promise<ClaimedCycle[]> {
  const leaseUntil = later(core.clock.now(), core.limits.leaseMs);
  const due = await lockDue(transaction, tenant.id, { at: businessNow(core.clock, tenant), limit });
  if (due.length === 0) return [];
  const charges = await toCharges(core, transaction, tenant, due);
  await updateUnderWay(
    transaction,
    tenant.id,
    due.map(({ id }) => id),
  );
  const refusals = await beginCharges(core, transaction, charges);
  for (const [index, refusal] of refusals.entries()) {
    const charge = charges[index];
    if (charge !== undefined && refusal !== undefined) await suspend(core, transaction, charge, refusal);
  }
  return charges
    .filter((_, index) => refusals[index] === undefined)
    .map(({ made }) => ({ tenantId: tenant.id, operationId: made.operationId, leaseUntil }));
}

async function toCharges(
  core: Core,
  transaction: Transaction,
  tenant: Tenant,
  due: readonly Subscription[],
): Promise<NewCharge[]> {
  const cardIds = due.flatMap(({ cardId }) => cardId ?? []);
  const cards = await readCards(transaction, tenant.id, cardIds);
  return due.map((subscription) => {
    const card = subscription.cardId === null ? undefined : cards.get(subscription.cardId);
    if (card === undefined) throw new Error(`subscription ${subscription.id} has no card`);
    return {
      call: { tenant, origin: subscription.origin },
      subscription,
      card: { id: card.id, connector: card.connector, byPage: false },
      made: { paymentId: core.ids.uuid() as PaymentId, operationId: core.ids.uuid() as OperationId },
    };
  });
}

/** A plan that cannot even be asked for (its order was closed, say) would be due for ever: a person has to look. */
async function suspend(
  core: Core,
  transaction: Transaction,
  { call, subscription }: NewCharge,
  refusal: CoreError,
): Promise<void> {
  await moveSubscription(core, transaction, subscription, {
    status: 'suspended',
    dueAt: null,
    reason: refusal.message,
    at: businessNow(core.clock, call.tenant),
  });
}
