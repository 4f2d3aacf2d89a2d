/** The Payment API as a table, in the order of its overview. Adding a call is adding a row. */
import type { MovesMoney, Route } from '#http/facade.ts';
import { completeIdentity, refundIdentity } from './identity.ts';
import * as operations from './operations.ts';
import * as shapes from './schemas.ts';
import { subscriptionRoutes } from './subscription-routes.ts';

/** Decision 20. */
const replayWithinMs = 30_000;

const refunds: MovesMoney = { replayWithinMs, identity: refundIdentity };
const completions: MovesMoney = { replayWithinMs, identity: completeIdentity };

export const routes: readonly Route[] = [
  ...subscriptionRoutes,

  {
    method: 'GET',
    path: '/client/:id',
    summary: 'Get a client',
    params: shapes.idParams,
    status: 200,
    answer: shapes.clientAnswer,
    handle: operations.getClient,
  },
  {
    method: 'PUT',
    path: '/client',
    summary: 'Change a client, named by `Id` in the body',
    body: shapes.client,
    status: 200,
    answer: shapes.clientAnswer,
    handle: operations.putClient,
  },
  {
    method: 'PUT',
    path: '/client/:id',
    summary: 'Change a client',
    params: shapes.idParams,
    body: shapes.client,
    status: 200,
    answer: shapes.clientAnswer,
    handle: operations.putClient,
  },
  {
    method: 'POST',
    path: '/card',
    summary: 'Have a client enter a card to be kept',
    body: shapes.newCard,
    status: 200,
    answer: shapes.cardPage,
    handle: operations.postCard,
  },
  {
    method: 'POST',
    path: '/charge',
    summary: 'Charge a kept card, or reserve funds on it',
    body: shapes.charge,
    status: 200,
    answer: shapes.paymentAnswer,
    handle: operations.postCharge,
  },
  {
    method: 'GET',
    path: '/refund',
    summary: 'Refund a payment: `/refund/paymentId={id}&amount={value}`',
    query: shapes.refundQuery,
    movesMoney: refunds,
    status: 200,
    answer: shapes.paymentAnswer,
    handle: operations.getRefund,
  },
  {
    method: 'POST',
    path: '/refund',
    summary: 'Refund a payment (ours)',
    body: shapes.refund,
    status: 200,
    answer: shapes.paymentAnswer,
    handle: operations.postRefund,
  },
  {
    method: 'GET',
    path: '/completepreauth',
    summary: 'Take reserved funds: `/completepreauth/paymentId={id}&amount={value}`',
    query: shapes.completeQuery,
    movesMoney: completions,
    status: 200,
    answer: shapes.paymentAnswer,
    handle: operations.getComplete,
  },
  {
    method: 'POST',
    path: '/completepreauth',
    summary: 'Take reserved funds (ours)',
    body: shapes.complete,
    status: 200,
    answer: shapes.paymentAnswer,
    handle: operations.postComplete,
  },
  {
    method: 'GET',
    path: '/payment/:id',
    summary: 'Get a payment',
    params: shapes.idParams,
    status: 200,
    answer: shapes.paymentAnswer,
    handle: operations.getPayment,
  },
  {
    method: 'GET',
    path: '/payment',
    summary: 'List a client’s payments, oldest first: `/payment/clientid={id}`',
    query: shapes.clientQuery,
    status: 200,
    answer: shapes.paymentList,
    handle: operations.getPayments,
  },
  {
    method: 'GET',
    path: '/paymentmethods',
    summary: 'List a client’s kept cards, oldest first: `/paymentmethods/clientid={id}`',
    query: shapes.clientQuery,
    status: 200,
    answer: shapes.paymentMethods,
    handle: operations.getPaymentMethods,
  },
  {
    method: 'DELETE',
    path: '/paymentmethods/:id',
    summary: 'Stop keeping a card',
    params: shapes.idParams,
    status: 200,
    answer: shapes.paymentMethod,
    handle: operations.deletePaymentMethod,
  },
];
