/** The rows of the table that are about the tenant itself: its books, its keys. */
import { changeTenant, type TenantChange } from '#core/tenants/change-tenant.ts';
import { type Issued, type IssuedCredential, issueCredential } from '#core/tenants/issue-credential.ts';
import { openSibling } from '#core/tenants/open-sibling.ts';
import { listCredentials, readCredential } from '#core/tenants/read-credentials.ts';
import { listSiblings, readTenant } from '#core/tenants/read-tenant.ts';
import { revokeCredential } from '#core/tenants/revoke-credential.ts';
import { rotateCredential } from '#core/tenants/rotate-credential.ts';
import type { Route, RouteAnswer, RouteRequest } from '#http/facade.ts';
import { writeKey } from './auth.ts';
import { lookupFor, readOverlap, readSibling } from './translate.ts';
import { writeCredential, writeSigningKey, writeTenant } from './write.ts';

type Handle = Route['handle'];

export const getTenant: Handle = async ({ core, call }) => ({
  body: writeTenant(await readTenant(core, call.tenant.id)),
});

export const patchTenant: Handle = async ({ core, call, body, forgetTenant }) => {
  const { result, replayed } = await changeTenant(core, call, body as TenantChange).finally(forgetTenant);
  return { body: writeTenant(await readTenant(core, result.tenantId)), replayed };
};

export const getSigningKey: Handle = async ({ core, call }) => ({
  body: writeSigningKey(await readTenant(core, call.tenant.id)),
});

export const getTenants: Handle = async ({ core, call }) => ({
  body: { data: (await listSiblings(core, call.tenant)).map(writeTenant), next: null },
});

export const postTenant: Handle = async ({ core, call, body }) => {
  const { result, replayed, secret } = await openSibling(
    core,
    call,
    readSibling(body, call.tenant, core.ids),
  );
  const tenant = await readTenant(core, result.tenantId);
  const { lookup } = await readCredential(core, tenant, result.credentialId);
  const key = secret === null ? null : writeKey(tenant.mode, lookup, secret);
  return { body: { tenant: writeTenant(tenant), key }, replayed };
};

export const getCredentials: Handle = async ({ core, call }) => ({
  body: { data: (await listCredentials(core, call.tenant)).map(writeCredential), next: null },
});

export const postCredential: Handle = async ({ core, call, body }) => {
  const {
    facade = 'native',
    label = '',
    ...binding
  } = body as { facade?: string; label?: string; account?: string };
  const lookup = lookupFor(facade, call.tenant, core.ids);
  return answerIssued(
    { core, call },
    await issueCredential(core, call, { facade, lookup, label, ...binding }),
  );
};

export const postRotation: Handle = async ({ core, call, params, body, forgetTenant }) => {
  const overlapMs = readOverlap(body, core.clock.now());
  const issued = await rotateCredential(core, call, { id: params.id ?? '', overlapMs }).finally(forgetTenant);
  return answerIssued({ core, call }, issued);
};

export const deleteCredential: Handle = async ({ core, call, params, forgetTenant }) => {
  await revokeCredential(core, call.tenant, params.id ?? '').finally(forgetTenant);
  return {};
};

async function answerIssued(
  { core, call }: Pick<RouteRequest, 'core' | 'call'>,
  { result, replayed, secret }: Issued<IssuedCredential>,
): Promise<RouteAnswer> {
  const credential = await readCredential(core, call.tenant, result.credentialId);
  const isKey = credential.facade === 'native' && secret !== null;
  const key = isKey ? writeKey(call.tenant.mode, credential.lookup, secret) : null;
  return { body: { ...writeCredential(credential), secret, key }, replayed };
}
