/** The rows of the native table about accounts to pay out of. */
import type { Route } from '#http/facade.ts';
import * as operations from './payout-account-operations.ts';
import * as shapes from './payout-account-schemas.ts';

export const payoutAccountRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/payout-accounts',
    summary: 'List the accounts to pay out of, by name',
    status: 200,
    answer: shapes.accounts,
    handle: operations.getAccounts,
  },
  {
    method: 'GET',
    path: '/payout-accounts/:id',
    summary: 'Get an account to pay out of, with what it holds',
    params: shapes.accountParams,
    status: 200,
    answer: shapes.account,
    handle: operations.getAccount,
  },
  {
    method: 'POST',
    path: '/payout-accounts',
    summary: 'Open an account to pay out of',
    body: shapes.newAccount,
    status: 201,
    answer: shapes.account,
    handle: operations.postAccount,
  },
  {
    method: 'PUT',
    path: '/payout-accounts/:id',
    summary: 'Change the settings of an account to pay out of',
    params: shapes.accountParams,
    body: shapes.accountChange,
    status: 200,
    answer: shapes.account,
    handle: operations.putAccount,
  },
  {
    method: 'POST',
    path: '/payout-accounts/:id/fundings',
    summary: 'Tell of money that arrived in an account to be paid out',
    params: shapes.accountParams,
    body: shapes.newFunding,
    status: 201,
    answer: shapes.account,
    handle: operations.postFunding,
  },
];
