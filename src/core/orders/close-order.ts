import { notFound } from '#kit/errors.ts';
import { isUuid, type OrderId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { recordEvents } from '../events/record-events.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { businessNow } from '../tenants/tenant.ts';
import { lockOrder, updateStatus } from './store.ts';

/**
 * Closes an order: no payment can be started in it from now on; those under way may still finish. Closing it again is
 * a success that changes nothing.
 */
export async function closeOrder(core: Core, call: Call, id: string): Promise<Answer<Record<string, never>>> {
  return runOnce(core, call, async (transaction) => {
    const order = isUuid(id) ? await lockOrder(transaction, call.tenant.id, id as OrderId) : undefined;
    if (order === undefined) throw notFound('payment order');
    if (order.status !== 'open') return {};
    await updateStatus(transaction, order, 'closed');
    await recordEvents(core, transaction, [
      {
        tenantId: order.tenantId,
        type: 'order.closed',
        subject: { kind: 'order', id: order.id, version: order.version + 1 },
        data: { currency: order.currency },
        at: businessNow(core.clock, call.tenant),
      },
    ]);
    return {};
  });
}
