/** What the rows of the table about merchants do. */
import { addMerchant } from '#core/merchants/add-merchant.ts';
import { findMerchant, listMerchants } from '#core/merchants/read-merchants.ts';
import type { RouteAnswer, RouteRequest } from '../../http/facade.ts';
import { answerList } from './read-list.ts';
import { readMerchantBody } from './read-merchant-body.ts';
import { writeMerchant } from './write-merchant.ts';

export async function getMerchants(request: RouteRequest): Promise<RouteAnswer> {
  const { core, call } = request;
  return answerList(request, {
    path: '/merchants',
    read: (page) => listMerchants(core, call.tenant, page),
    positionOf: (merchant) => merchant,
    write: (merchants) => merchants.map((merchant) => writeMerchant(call.tenant, merchant)),
  });
}

export async function createMerchant(request: RouteRequest): Promise<RouteAnswer> {
  const { result, replayed } = await addMerchant(request.core, request.call, readMerchantBody(request));
  return { body: { id: result.merchantId }, replayed };
}

export async function getMerchant({ core, call, params }: RouteRequest): Promise<RouteAnswer> {
  return { body: writeMerchant(call.tenant, await findMerchant(core, call.tenant, params.id ?? '')) };
}
