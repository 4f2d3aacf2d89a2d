import type { Core } from '../core.ts';
import { openCircuit } from '../event-subscriptions/open-circuit.ts';
import { businessNow, type Tenant } from '../tenants/tenant.ts';
import type { Callback, Delivery } from './callback.ts';
import { updateDelivered, updateFailed } from './store.ts';

/** What of a failed delivery's reason is kept for the tenant to read. */
const maxReasonCharacters = 1_024;

/**
 * Writes down how a delivery ended. Late news about a callback that is no longer pending changes nothing.
 * A subscriber to whom one cannot be delivered is told nothing more: its circuit is open.
 */
export async function recordDelivery(
  core: Core,
  tenant: Tenant,
  callback: Callback,
  delivery: Delivery,
): Promise<void> {
  if (delivery.kind === 'delivered') {
    await updateDelivered(core.database, callback, delivery.status, businessNow(core.clock, tenant));
    core.work.nudge('callbacks');
    return;
  }
  const { subscriptionId, tenantId } = callback;
  const failure = {
    status: delivery.status ?? null,
    reason: delivery.reason.slice(0, maxReasonCharacters),
    nextAt: delivery.nextAt ?? null,
  };
  if (subscriptionId === null || failure.nextAt !== null)
    return updateFailed(core.database, callback, failure);
  await core.database.transaction(async (transaction) => {
    await updateFailed(transaction, callback, failure);
    await openCircuit(transaction, { tenantId, id: subscriptionId });
  });
}
