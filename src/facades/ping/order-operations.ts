/** What the rows of the table about payment orders do. */
import { closeOrder } from '#core/orders/close-order.ts';
import { readOrder } from '#core/orders/read-order.ts';
import { listPayments } from '#core/payments/read-payment.ts';
import { currency } from '#kit/currency.ts';
import type { RouteAnswer, RouteRequest } from '../../http/facade.ts';
import { writeOrder } from './write-payment.ts';

/** Payments of an order that are told with it. */
const maxPaymentsOfOrder = 200;

export async function createOrder({ batched, call, body }: RouteRequest): Promise<RouteAnswer> {
  const { result, replayed } = await batched.createOrder(call, {
    currency: currency(body.currency),
    splitParameters: body.split_parameters ?? {},
    splitTreeId: body.split_tree_id ?? null,
  });
  return { body: { id: result.id }, replayed };
}

export async function getOrder({ core, call, params }: RouteRequest): Promise<RouteAnswer> {
  const order = await readOrder(core, call.tenant, params.order_id ?? '');
  const payments = await listPayments(core, call.tenant, { orderId: order.id, limit: maxPaymentsOfOrder });
  return { body: writeOrder(order, payments.toReversed()) };
}

export async function putOrderClosed({ core, call, params }: RouteRequest): Promise<RouteAnswer> {
  const { replayed } = await closeOrder(core, call, params.order_id ?? '');
  return { replayed };
}
