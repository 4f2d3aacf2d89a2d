/** What the rows of the table about the tenant itself do. */
import { poke } from '#core/callbacks/poke.ts';
import { changeCallbackUrls } from '#core/tenants/change-callback-urls.ts';
import { requireCallbackUrl } from '#core/tenants/check-urls.ts';
import { readTenant } from '#core/tenants/read-tenant.ts';
import { renewCallbackKey } from '#core/tenants/renew-callback-key.ts';
import { notFound } from '#kit/errors.ts';
import type { RouteAnswer, RouteRequest } from '../../http/facade.ts';
import { writeTenant } from './write-tenant.ts';

export async function getTenant({ core, call }: RouteRequest): Promise<RouteAnswer> {
  return { body: writeTenant(await readTenant(core, call.tenant.id)) };
}

export async function putTenant({ core, call, body, forgetTenant }: RouteRequest): Promise<RouteAnswer> {
  const check = (property: string): string | null | undefined => {
    const url: string | null | undefined = body[property];
    return typeof url === 'string' ? requireCallbackUrl(core, call.tenant, property, url) : url;
  };
  const { replayed } = await changeCallbackUrls(core, call, {
    creditTopUp: check('credit_account_top_up_callback_url'),
    disbursement: check('disbursement_callback_url'),
    merchantStatus: check('merchant_status_callback_url'),
  }).finally(forgetTenant);
  return { replayed };
}

export async function postPoke({ core, call, body }: RouteRequest): Promise<RouteAnswer> {
  const url = requireCallbackUrl(core, call.tenant, 'callback_url', body.callback_url);
  const { result, replayed } = await poke(core, call, url);
  return { body: { id: result.id }, replayed };
}

export async function postSigningKey({ core, call, forgetTenant }: RouteRequest): Promise<RouteAnswer> {
  const { result, replayed } = await renewCallbackKey(core, call).finally(forgetTenant);
  return { body: { public_key: result.publicKey }, replayed };
}

export async function getSigningKey({ core, call }: RouteRequest): Promise<RouteAnswer> {
  const { callbackPublicKey } = await readTenant(core, call.tenant.id);
  if (callbackPublicKey === null) throw notFound('signing key');
  return { body: { key: callbackPublicKey } };
}

export async function getPing(): Promise<RouteAnswer> {
  return { body: 'Pong' };
}
