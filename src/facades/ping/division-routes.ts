/** The rows of the table about what orders are divided into and what is paid out of it, in the order of facts A6. */
import type { Route } from '../../http/facade.ts';
import * as operations from './division-operations.ts';
import * as shapes from './division-schemas.ts';

export const divisionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/allocations',
    summary: 'List allocations',
    query: shapes.allocationQuery,
    status: 200,
    answer: shapes.allocations,
    handle: operations.getAllocations,
  },
  {
    method: 'GET',
    path: '/disbursements',
    summary: 'List disbursements',
    query: shapes.periodQuery,
    status: 200,
    answer: shapes.disbursements,
    handle: operations.getDisbursements,
  },
  {
    method: 'GET',
    path: '/disbursements/:id',
    summary: 'Get a disbursement',
    params: shapes.idParams,
    status: 200,
    answer: shapes.disbursement,
    handle: operations.getDisbursement,
  },
  {
    method: 'GET',
    path: '/payouts',
    summary: 'List payouts',
    query: shapes.periodQuery,
    status: 200,
    answer: shapes.payouts,
    handle: operations.getPayouts,
  },
  {
    method: 'GET',
    path: '/payouts/:id',
    summary: 'Get a payout',
    params: shapes.idParams,
    status: 200,
    answer: shapes.payout,
    handle: operations.getPayout,
  },
];
