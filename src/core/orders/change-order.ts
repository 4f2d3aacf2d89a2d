import { CoreError, notFound } from '#kit/errors.ts';
import { isUuid, type OrderId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { requireKnownMerchants } from '../merchants/read-merchants.ts';
import { isDivided, type Order } from './order.ts';
import { lockOrder, updateDivision } from './store.ts';

/** Changes how an order's money is to be divided: `operation_forbidden` once it has been, and for a merchant unknown. */
export async function changeOrder(
  core: Core,
  call: Call,
  change: { orderId: string; division: Pick<Order, 'splitParameters' | 'splitTreeId' | 'shares'> },
): Promise<Answer<Record<string, never>>> {
  return runOnce(core, call, async (transaction) => {
    const order = isUuid(change.orderId)
      ? await lockOrder(transaction, call.tenant.id, change.orderId as OrderId)
      : undefined;
    if (order === undefined) throw notFound('payment order');
    if (isDivided(order.status)) {
      throw new CoreError('operation_forbidden', 'The money of the payment order has been divided.');
    }
    await requireKnownMerchants(transaction, call.tenant.id, change.division.shares);
    await updateDivision(transaction, order, change.division);
    return {};
  });
}
