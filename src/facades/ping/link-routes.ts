/** The rows of the table about payment links, in the order of facts A3. */
import type { Route } from '../../http/facade.ts';
import * as deposits from './deposit-operations.ts';
import * as depositShapes from './deposit-schemas.ts';
import * as operations from './link-operations.ts';
import * as shapes from './link-schemas.ts';

export const linkRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/payment_links',
    summary: 'List payment links',
    query: shapes.listQuery,
    status: 200,
    answer: shapes.links,
    handle: operations.getLinks,
  },
  {
    method: 'POST',
    path: '/payment_links',
    summary: 'Create a payment link',
    body: shapes.createLink,
    status: 200,
    answer: shapes.createdLink,
    handle: operations.createLink,
  },
  {
    method: 'GET',
    path: '/payment_links/:id',
    summary: 'Get a payment link',
    params: shapes.idParams,
    status: 200,
    answer: shapes.link,
    handle: operations.getLink,
  },
  {
    method: 'PUT',
    path: '/payment_links/:id/cancel',
    summary: 'Cancel a payment link',
    params: shapes.idParams,
    status: 204,
    handle: operations.putLinkCancelled,
  },
  {
    method: 'PUT',
    path: '/payment_links/:id/distribute',
    summary: 'Send a payment link by SMS or e-mail',
    params: shapes.idParams,
    body: shapes.distribute,
    status: 204,
    handle: operations.putLinkDistributed,
  },
  {
    method: 'PUT',
    path: '/payment_links/:id/invoice',
    summary: 'Create an invoice of a payment link',
    params: shapes.idParams,
    body: depositShapes.createInvoice,
    status: 204,
    handle: deposits.putLinkInvoice,
  },
  {
    method: 'GET',
    path: '/payment_links/:id/invoice',
    summary: 'Get the invoice of a payment link',
    params: shapes.idParams,
    status: 200,
    answer: depositShapes.invoice,
    handle: deposits.getLinkInvoice,
  },
  {
    method: 'GET',
    path: '/payment_links/:id/receipt',
    summary: 'Get the receipt of a payment link',
    params: shapes.idParams,
    status: 200,
    answer: shapes.receipt,
    handle: operations.getLinkReceipt,
  },
  {
    method: 'POST',
    path: '/payment_links/:id/payments',
    summary: 'Pay a payment link',
    params: shapes.idParams,
    body: shapes.payLink,
    status: 200,
    answer: shapes.initiatedPayment,
    handle: operations.payLinkBy,
  },
];
