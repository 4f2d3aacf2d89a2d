import type { Authenticator } from '#core/tenants/authenticate.ts';
import type { Mode, Tenant } from '#core/tenants/tenant.ts';
import type { Headers } from '#http/facade.ts';

export const security = {
  key: {
    type: 'http',
    scheme: 'bearer',
    description: 'A key of the tenant: `qk_test_<lookup>_<secret>` or `qk_live_<lookup>_<secret>`.',
  },
};

/** A lookup never holds an underscore, so the key falls apart in one way only; a secret may hold some. */
const bearerPattern = /^[Bb][Ee][Aa][Rr][Ee][Rr] qk_(test|live)_([A-Za-z0-9-]{1,64})_([A-Za-z0-9_-]{1,128})$/;

/** The key as its owner is given it. */
export function writeKey(mode: Mode, lookup: string, secret: string): string {
  return `qk_${mode}_${lookup}_${secret}`;
}

/** The tenant whose key it is, if the key's mode is the tenant's: a test key never opens a live book. */
export async function authenticate(
  headers: Headers,
  authenticator: Authenticator,
): Promise<Tenant | undefined> {
  const [, mode, lookup, secret] = bearerPattern.exec(headers.authorization ?? '') ?? [];
  if (lookup === undefined || secret === undefined) return undefined;
  const tenant = await authenticator.authenticate('native', lookup, secret);
  return tenant?.mode === mode ? tenant : undefined;
}
