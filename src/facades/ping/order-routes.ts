/** The rows of the table about payment orders and the payments in them, in the order of facts A6. */
import type { Route } from '../../http/facade.ts';
import * as deposits from './deposit-operations.ts';
import * as depositShapes from './deposit-schemas.ts';
import * as orders from './order-operations.ts';
import * as shapes from './order-schemas.ts';
import * as payments from './payment-operations.ts';

export const orderRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/payment_orders',
    summary: 'Create a payment order',
    body: shapes.createOrder,
    status: 200,
    answer: shapes.createdId,
    handle: orders.createOrder,
  },
  {
    method: 'GET',
    path: '/payment_orders/:order_id',
    summary: 'Get a payment order',
    params: shapes.orderParams,
    status: 200,
    answer: shapes.order,
    handle: orders.getOrder,
  },
  {
    method: 'PUT',
    path: '/payment_orders/:order_id/close',
    summary: 'Close a payment order',
    params: shapes.orderParams,
    status: 204,
    handle: orders.putOrderClosed,
  },
  {
    method: 'POST',
    path: '/payment_orders/:order_id/payments',
    summary: 'Initiate a payment',
    params: shapes.orderParams,
    body: shapes.initiatePayment,
    status: 200,
    answer: shapes.initiatedPayment,
    handle: payments.initiatePayment,
  },
  {
    method: 'GET',
    path: '/payment_orders/:order_id/payments/:payment_id',
    summary: 'Get a payment',
    params: shapes.paymentParams,
    status: 200,
    answer: shapes.payment,
    handle: payments.getPayment,
  },
  {
    method: 'PUT',
    path: '/payment_orders/:order_id/payments/:payment_id/funding/reconcile',
    summary: 'Complete a payment with the funds that were received',
    params: shapes.paymentParams,
    body: depositShapes.reconcile,
    status: 204,
    handle: deposits.putReconciled,
  },
];
