import { groupCommit } from '#db/group-commit.ts';
import type { Core } from '../core.ts';
import { openCircuit } from '../event-subscriptions/open-circuit.ts';
import { businessNow, type Tenant } from '../tenants/tenant.ts';
import type { Callback, Delivery } from './callback.ts';
import { type DeliveredRow, updateDelivered, updateFailed } from './store.ts';

/** What of a failed delivery's reason is kept for the tenant to read. */
const maxReasonCharacters = 1_024;

export type RecordDelivery = (tenant: Tenant, callback: Callback, delivery: Delivery) => Promise<void>;

/**
 * Writes down how a delivery ended. Late news about a callback that is no longer pending changes nothing.
 * A subscriber to whom one cannot be delivered is told nothing more: its circuit is open. Those that have arrived share a
 * commit.
 */
export function deliveryRecording(core: Core): RecordDelivery {
  const recordDelivered = groupCommit({
    run: async (batch: readonly DeliveredRow[]) => {
      await updateDelivered(core.database, batch);
      return batch.map(() => undefined);
    },
  });
  return async (tenant, callback, delivery) => {
    if (delivery.kind === 'failed') return recordFailed(core, callback, delivery);
    const at = businessNow(core.clock, tenant);
    await recordDelivered({ tenantId: callback.tenantId, id: callback.id, status: delivery.status, at });
    core.work.nudge('callbacks');
  };
}

async function recordFailed(
  core: Core,
  callback: Callback,
  delivery: Extract<Delivery, { kind: 'failed' }>,
): Promise<void> {
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
