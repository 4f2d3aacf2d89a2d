/** The Issue API as a table, in the order of seed 003. Adding a call is adding a row. */
import type { Route } from '#http/facade.ts';
import { batchRoutes } from './batch-routes.ts';
import * as operations from './operations.ts';
import * as shapes from './schemas.ts';

/** Claims with their lines take room. */
const orderLimitBytes = 1024 * 1024;

export const routes: readonly Route[] = [
  {
    method: 'POST',
    path: '/payments',
    summary: 'Issue a payment',
    body: shapes.createPayment,
    maxBodyBytes: orderLimitBytes,
    status: 201,
    answer: shapes.payment,
    handle: operations.postPayment,
  },
  {
    method: 'POST',
    path: '/payments/:paymentId/release',
    summary: 'Release a payment',
    params: shapes.paymentParams,
    body: shapes.release,
    status: 200,
    answer: shapes.payment,
    handle: operations.postRelease,
  },
  {
    method: 'POST',
    path: '/payments/:paymentId/void',
    summary: 'Void a payment',
    params: shapes.paymentParams,
    body: shapes.voiding,
    status: 200,
    answer: shapes.payment,
    handle: operations.postVoid,
  },
  {
    method: 'POST',
    path: '/payments/:paymentId/reissue',
    summary: 'Reissue a payment',
    params: shapes.paymentParams,
    body: shapes.reissue,
    status: 200,
    answer: shapes.payment,
    handle: operations.postReissue,
  },
  {
    method: 'GET',
    path: '/payments/:paymentId',
    summary: 'Retrieve a payment',
    params: shapes.paymentParams,
    status: 200,
    answer: shapes.payment,
    handle: operations.getPayment,
  },
  {
    method: 'GET',
    path: '/payments/:paymentId/details',
    summary: 'Get payment details',
    params: shapes.paymentParams,
    status: 200,
    answer: shapes.details,
    handle: operations.getDetails,
  },
  {
    method: 'GET',
    path: '/payments/:paymentId/documents/:documentId',
    summary: 'Download a document of a payment',
    params: shapes.documentParams,
    status: 200,
    answer: shapes.document,
    handle: operations.getDocument,
  },
  ...batchRoutes,
];
