import type { Authenticator } from '#core/tenants/authenticate.ts';
import type { Mode, Tenant } from '#core/tenants/tenant.ts';
import type { Headers } from '#http/facade.ts';
import { findKeyHolder } from '#http/find-key-holder.ts';

export const security = {
  key: {
    type: 'http',
    scheme: 'bearer',
    description: 'A key of the tenant: `qk_test_<lookup>_<secret>` or `qk_live_<lookup>_<secret>`.',
  },
};

const bearerPattern = /^bearer (qk_.{1,256})$/i;

/** The key as its owner is given it. */
export function writeKey(mode: Mode, lookup: string, secret: string): string {
  return `qk_${mode}_${lookup}_${secret}`;
}

/** The tenant whose key it is, if the key's mode is the tenant's: a test key never opens a live book. */
export async function authenticate(
  headers: Headers,
  authenticator: Authenticator,
): Promise<Tenant | undefined> {
  const [, key] = bearerPattern.exec(headers.authorization ?? '') ?? [];
  return key === undefined ? undefined : findKeyHolder(authenticator, key);
}
