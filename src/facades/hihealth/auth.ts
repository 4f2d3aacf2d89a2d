import type { Core } from '#core/core.ts';
import { findKeylessTenant } from '#core/merchants/find-keyless-tenant.ts';
import type { Authenticator, Caller } from '#core/tenants/authenticate.ts';
import type { Headers } from '../../http/facade.ts';

export const security = {
  key: {
    type: 'apiKey',
    in: 'header',
    name: 'x-api-key',
    description: 'A credential of the tenant for this façade: its lookup, a dot, its secret.',
  },
};

const keyPattern = /^([A-Za-z0-9-]{1,64})\.([A-Za-z0-9_-]{1,128})$/;

/** The tenant whose `x-api-key` it is. */
export async function authenticate(
  headers: Headers,
  authenticator: Authenticator,
): Promise<Caller | undefined> {
  const [, lookup, secret] = keyPattern.exec(headers['x-api-key'] ?? '') ?? [];
  if (lookup === undefined || secret === undefined) return undefined;
  return authenticator.authenticate('hihealth', lookup, secret);
}

/** The tenant of the `merchantId` in the body, where no key was sent and the tenant has agreed to that (decision h8). */
export async function identify(headers: Headers, body: unknown, core: Core): Promise<Caller | undefined> {
  const merchantId = (body as { merchantId?: unknown } | null | undefined)?.merchantId;
  if (headers['x-api-key'] !== undefined || typeof merchantId !== 'string') return undefined;
  return findKeylessTenant(core, merchantId);
}
