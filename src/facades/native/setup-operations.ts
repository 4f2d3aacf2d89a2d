/** The rows of the table by which a tenant is made ready to take money: its processors and its merchants. */
import { addMerchant } from '#core/merchants/add-merchant.ts';
import type { MerchantStatus } from '#core/merchants/merchant.ts';
import { listMerchants, readMerchant } from '#core/merchants/read-merchants.ts';
import { reviewMerchant } from '#core/merchants/review-merchant.ts';
import { listConnectors, readConnector } from '#core/tenants/read-connectors.ts';
import { removeConnector } from '#core/tenants/remove-connector.ts';
import { type ConnectorInput, setUpConnector } from '#core/tenants/set-up-connector.ts';
import { writeCursor, writePage } from '#http/cursor.ts';
import type { Route } from '#http/facade.ts';
import { readPage } from './translate.ts';
import { writeMerchant } from './write.ts';

type Handle = Route['handle'];

export const getConnectors: Handle = async ({ core, call }) => ({
  body: { data: await listConnectors(core, call.tenant), next: null },
});

export const putConnector: Handle = async ({ core, call, params, body, forgetTenant }) => {
  const { account, methods } = body as Pick<ConnectorInput, 'account' | 'methods'>;
  const input = { connector: params.name ?? '', account, methods };
  const { result, replayed } = await setUpConnector(core, call, input).finally(forgetTenant);
  return { body: await readConnector(core, call.tenant, result.connector), replayed };
};

export const deleteConnector: Handle = async ({ core, call, params, forgetTenant }) => {
  await removeConnector(core, call, params.name ?? '').finally(forgetTenant);
  return {};
};

export const getMerchants: Handle = async ({ core, call, query }) => {
  const { limit, ...position } = readPage(query);
  const merchants = await listMerchants(core, call.tenant, { ...position, limit: limit + 1 });
  return { body: writePage(merchants, limit, writeMerchant, writeCursor) };
};

export const postMerchant: Handle = async ({ core, call, body }) => {
  const { name, organisationNumber = null } = body as { name: string; organisationNumber?: string | null };
  const { result, replayed } = await addMerchant(core, call, { name, organisationNumber });
  return { body: writeMerchant(await readMerchant(core, call.tenant, result.merchantId)), replayed };
};

export const putMerchantStatus: Handle = async ({ core, call, params, body }) => {
  const { status } = body as { status: MerchantStatus };
  const { result, replayed } = await reviewMerchant(core, call, { merchantId: params.id ?? '', status });
  return { body: writeMerchant(await readMerchant(core, call.tenant, result.merchantId)), replayed };
};
