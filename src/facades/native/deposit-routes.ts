/** The rows of the native table about deposits. */
import type { Route } from '#http/facade.ts';
import * as operations from './deposit-operations.ts';
import * as shapes from './deposit-schemas.ts';
import { idParams } from './schemas.ts';

export const depositRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/deposits',
    summary: 'Tell of money that came into the bank account',
    body: shapes.newDeposit,
    status: 201,
    answer: shapes.deposit,
    handle: operations.postDeposit,
  },
  {
    method: 'GET',
    path: '/deposits',
    summary: 'List deposits, newest first',
    query: shapes.depositsQuery,
    status: 200,
    answer: shapes.deposits,
    handle: operations.getDeposits,
  },
  {
    method: 'GET',
    path: '/deposits/:id',
    summary: 'Get a deposit',
    params: idParams,
    status: 200,
    answer: shapes.deposit,
    handle: operations.getDeposit,
  },
  {
    method: 'POST',
    path: '/deposits/:id/match',
    summary: 'Say what an unallocated deposit was for',
    params: idParams,
    body: shapes.match,
    status: 200,
    answer: shapes.deposit,
    handle: operations.postMatch,
  },
  {
    method: 'POST',
    path: '/deposits/:id/returns',
    summary: 'Tell that a deposit, or a part of it, was transferred back',
    params: idParams,
    body: shapes.newReturn,
    status: 201,
    answer: shapes.deposit,
    handle: operations.postReturn,
  },
  {
    method: 'GET',
    path: '/documents',
    summary: 'List documents kept with payments, newest first',
    query: shapes.documentsQuery,
    status: 200,
    answer: shapes.documents,
    handle: operations.getDocuments,
  },
  {
    method: 'GET',
    path: '/documents/:id',
    summary: 'Get a document with its content',
    params: idParams,
    status: 200,
    answer: shapes.document,
    handle: operations.getDocument,
  },
];
