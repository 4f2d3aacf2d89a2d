/** The rows of the table about merchants and the tenant itself, in the order of facts A6; ping comes from A1. */
import type { Route } from '../../http/facade.ts';
import * as merchants from './merchant-operations.ts';
import * as shapes from './merchant-schemas.ts';
import * as tenant from './tenant-operations.ts';

export const tenantRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/merchants',
    summary: 'List merchants',
    query: shapes.listQuery,
    status: 200,
    answer: shapes.merchants,
    handle: merchants.getMerchants,
  },
  {
    method: 'POST',
    path: '/merchants',
    summary: 'Create a merchant',
    body: shapes.createMerchant,
    status: 200,
    answer: shapes.createdId,
    handle: merchants.createMerchant,
  },
  {
    method: 'GET',
    path: '/merchants/:id',
    summary: 'Get a merchant',
    params: shapes.idParams,
    status: 200,
    answer: shapes.merchant,
    handle: merchants.getMerchant,
  },
  {
    method: 'GET',
    path: '/tenant',
    summary: 'Get the tenant',
    status: 200,
    answer: shapes.tenant,
    handle: tenant.getTenant,
  },
  {
    method: 'PUT',
    path: '/tenant',
    summary: 'Change where the tenant is called back',
    body: shapes.changeTenant,
    status: 204,
    handle: tenant.putTenant,
  },
  {
    method: 'POST',
    path: '/poke',
    summary: 'Ask for a test callback',
    body: shapes.poke,
    status: 200,
    answer: shapes.createdId,
    handle: tenant.postPoke,
  },
  {
    method: 'POST',
    path: '/signing_key/generate',
    summary: 'Generate a signing key',
    status: 200,
    answer: shapes.generatedKey,
    handle: tenant.postSigningKey,
  },
  {
    method: 'GET',
    path: '/signing_key',
    summary: 'Get the signing key',
    status: 200,
    answer: shapes.signingKey,
    handle: tenant.getSigningKey,
  },
  {
    method: 'GET',
    path: '/ping',
    summary: 'Ping',
    status: 200,
    answer: shapes.pong,
    handle: tenant.getPing,
  },
];
