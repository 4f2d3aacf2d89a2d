/** The documented API, in the order of seed 002; then what its readers need and the seed does not print. */
import type { Route } from '../../http/facade.ts';
import { identify } from './auth.ts';
import {
  getCertificate,
  getKeys,
  getPayment,
  postCancel,
  postCapture,
  postDocument,
  postInvoice,
  postPayment,
} from './operations.ts';
import * as shapes from './schemas.ts';

const pdf = 'application/pdf';

export const routes: readonly Route[] = [
  {
    method: 'POST',
    path: '/payments',
    summary: 'Create a payment',
    body: shapes.createPayment,
    status: 201,
    answer: shapes.createdPayment,
    identify,
    handle: postPayment,
  },
  {
    method: 'GET',
    path: '/payments/:id',
    summary: 'Fetch a payment',
    params: shapes.idParams,
    status: 200,
    answer: shapes.paymentAnswer,
    handle: getPayment,
  },
  {
    method: 'POST',
    path: '/payments/:id/capture',
    summary: 'Capture a payment that was pre-authorised',
    params: shapes.idParams,
    status: 200,
    answer: shapes.paymentAnswer,
    handle: postCapture,
  },
  {
    method: 'POST',
    path: '/payments/:id/cancel',
    summary: 'Cancel a payment that was pre-authorised',
    params: shapes.idParams,
    status: 200,
    answer: shapes.paymentAnswer,
    handle: postCancel,
  },
  {
    method: 'POST',
    path: '/payments/:id/document/:type',
    summary: 'Upload a document',
    params: shapes.documentParams,
    consumes: [pdf],
    status: 201,
    answer: shapes.paymentAnswer,
    handle: postDocument,
  },
  {
    method: 'POST',
    path: '/payments/:id/document',
    summary: 'Upload a document of no particular type',
    params: shapes.idParams,
    consumes: [pdf],
    status: 201,
    answer: shapes.paymentAnswer,
    handle: postDocument,
  },
  {
    method: 'POST',
    path: '/payments/:id/invoice',
    summary: 'Upload the invoice, as the sample code spells it',
    params: shapes.idParams,
    consumes: [pdf],
    status: 201,
    answer: shapes.paymentAnswer,
    handle: postInvoice,
  },

  {
    method: 'GET',
    path: '/.well-known/jwks.json',
    summary: 'The keys that check tokens',
    status: 200,
    answer: shapes.keySet,
    access: 'public',
    handle: getKeys,
  },
  {
    method: 'GET',
    path: '/.well-known/callback-certificate.pem',
    summary: 'The certificate that checks callbacks',
    status: 200,
    answer: shapes.certificate,
    access: 'public',
    handle: getCertificate,
  },
];
