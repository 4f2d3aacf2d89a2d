/** Provet Cloud's REST API 0.1 as far as payment links need it (seed 000, facts 6), in the order of the seed. */
import type { Route } from '#http/facade.ts';
import * as hookOperations from './hook-operations.ts';
import * as hookShapes from './hook-schemas.ts';
import * as operations from './operations.ts';
import { pagesOf } from './read-search.ts';
import * as shapes from './schemas.ts';

const table: readonly Route[] = [
  {
    method: 'POST',
    path: '/postransaction/',
    summary: 'Make a payment link for an invoice or a prepayment',
    params: shapes.bookParams,
    body: shapes.createPostransaction,
    status: 200,
    answer: shapes.object,
    rate: { perMinute: 300 },
    handle: operations.postPostransaction,
  },
  list('postransaction', 'List post-transactions', operations.getPostransactions, 100),
  get('postransaction', 'Get a post-transaction', operations.getPostransaction, 300),
  {
    method: 'DELETE',
    path: '/postransaction/:id/',
    summary: 'Abort a payment link that was not paid',
    params: shapes.objectParams,
    status: 204,
    rate: { perMinute: 300 },
    handle: operations.deletePostransaction,
  },
  list('invoice', 'List invoices', operations.getObjects('invoice'), 60),
  get('invoice', 'Get an invoice with its post-transactions', operations.getObject('invoice'), 250),
  list('invoicepayment', 'List payments of invoices', operations.getInvoicePayments, 100),
  get('invoicepayment', 'Get a payment of an invoice', operations.getInvoicePayment, 300),
  list('unallocatedpayment', 'List prepayments', operations.getUnallocatedPayments, 200),
  get('unallocatedpayment', 'Get a prepayment', operations.getUnallocatedPayment, 800),
  list('department', 'List departments', operations.getObjects('department')),
  get('department', 'Get a department', operations.getObject('department')),
  list('client', 'List clients', operations.getObjects('client'), 125),
  get('client', 'Get a client', operations.getObject('client'), 500),
  list('phonenumber', 'List phone numbers', operations.getObjects('phonenumber')),
  get('phonenumber', 'Get a phone number', operations.getObject('phonenumber')),
  list('user', 'List users', operations.getObjects('user')),
  get('user', 'Get a user', operations.getObject('user')),
  list('paymentmethod', 'List payment methods', operations.getObjects('paymentmethod'), 100),
  get('paymentmethod', 'Get a payment method', operations.getObject('paymentmethod'), 300),
  list('hook', 'List hooks', hookOperations.getHooks),
  {
    method: 'POST',
    path: '/hook/',
    summary: 'Have an address told of what happens',
    params: shapes.bookParams,
    body: hookShapes.hook,
    status: 201,
    answer: shapes.object,
    handle: hookOperations.postHook,
  },
  get('hook', 'Get a hook', hookOperations.getHook),
  {
    method: 'PUT',
    path: '/hook/:id/',
    summary: 'Replace a hook',
    params: shapes.objectParams,
    body: hookShapes.hook,
    status: 200,
    answer: shapes.object,
    handle: hookOperations.putHook,
  },
  {
    method: 'PATCH',
    path: '/hook/:id/',
    summary: 'Change what is given of a hook',
    params: shapes.objectParams,
    body: hookShapes.hookChange,
    status: 200,
    answer: shapes.object,
    handle: hookOperations.patchHook,
  },
  {
    method: 'DELETE',
    path: '/hook/:id/',
    summary: 'Take a hook away',
    params: shapes.objectParams,
    status: 204,
    handle: hookOperations.deleteHook,
  },
];

export const routes: readonly Route[] = table.map((row) => ({
  ...row,
  handle: operations.inOwnBook(row.handle),
}));

/** `perMinute` is the vendor's figure (facts 6.1), where there is one; a page costs as many requests as usual pages fit in it. */
function list(resource: string, summary: string, handle: Route['handle'], perMinute?: number): Route {
  const path = `/${resource}/`;
  return {
    method: 'GET',
    path,
    summary,
    params: shapes.bookParams,
    query: shapes.listQuery,
    status: 200,
    answer: shapes.page,
    ...(perMinute === undefined ? {} : { rate: { perMinute, cost: pagesOf } }),
    handle,
  };
}

function get(resource: string, summary: string, handle: Route['handle'], perMinute?: number): Route {
  return {
    method: 'GET',
    path: `/${resource}/:id/`,
    summary,
    params: shapes.objectParams,
    status: 200,
    answer: shapes.object,
    ...(perMinute === undefined ? {} : { rate: { perMinute } }),
    handle,
  };
}
