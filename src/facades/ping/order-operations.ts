/** What the rows of the table about payment orders do. */
import { readAllocationsOfOrder } from '#core/allocations/read-allocations.ts';
import { type Advance, advanceOrder } from '#core/orders/advance-order.ts';
import { changeOrder } from '#core/orders/change-order.ts';
import { listOrders, readOrder } from '#core/orders/read-order.ts';
import { listPayments } from '#core/payments/read-payment.ts';
import { currency } from '#kit/currency.ts';
import type { RouteAnswer, RouteRequest } from '../../http/facade.ts';
import { answerList, readBetween } from './read-list.ts';
import { readShares } from './read-split.ts';
import { orderStatusesOf } from './wire.ts';
import { writeAllocation } from './write-division.ts';
import { writeOrder, writePayment } from './write-payment.ts';

/** Payments of an order that are told with it. */
const maxPaymentsOfOrder = 200;

export async function createOrder({ batched, call, body }: RouteRequest): Promise<RouteAnswer> {
  const { result, replayed } = await batched.createOrder(call, {
    currency: currency(body.currency),
    ...readDivision(body),
  });
  return { body: { id: result.id }, replayed };
}

export async function getOrders(request: RouteRequest): Promise<RouteAnswer> {
  const { core, call, query } = request;
  const statuses = query.status === undefined ? {} : { statuses: orderStatusesOf(query.status) };
  const filter = {
    ...statuses,
    ...readBetween(query, [
      ['created_at_from', 'created_at_to'],
      ['from', 'to'],
    ]),
  };
  return answerList(request, {
    path: '/payment_orders',
    read: (page) => listOrders(core, call.tenant, filter, page),
    positionOf: (order) => order,
    write: (orders) => orders.map(writeOrder),
  });
}

export async function getOrder({ core, call, params }: RouteRequest): Promise<RouteAnswer> {
  const order = await readOrder(core, call.tenant, params.order_id ?? '');
  const payments = await listPayments(
    core,
    call.tenant,
    { orderId: order.id },
    { limit: maxPaymentsOfOrder },
  );
  return { body: { ...writeOrder(order), payments: payments.toReversed().map(writePayment) } };
}

export async function putOrder({ core, call, params, body }: RouteRequest): Promise<RouteAnswer> {
  const change = { orderId: params.order_id ?? '', division: readDivision(body) };
  const { replayed } = await changeOrder(core, call, change);
  return { replayed };
}

function readDivision(body: RouteRequest['body']) {
  return {
    splitParameters: body.split_parameters ?? {},
    splitTreeId: body.split_tree_id ?? null,
    shares: readShares(body.split_parameters),
  };
}

/** Takes an order on to one of its statuses: what closing, splitting and settling have in common. */
export function putOrderOn(to: Advance['to']): (request: RouteRequest) => Promise<RouteAnswer> {
  return async ({ core, call, params, body }) => {
    const fastForward = body?.fast_forward ?? false;
    const { replayed } = await advanceOrder(core, call, { orderId: params.order_id ?? '', to, fastForward });
    return { replayed };
  };
}

export async function getAllocationsOfOrder({ core, call, params }: RouteRequest): Promise<RouteAnswer> {
  const allocations = await readAllocationsOfOrder(core, call.tenant, params.order_id ?? '');
  return { body: allocations.map(writeAllocation) };
}
