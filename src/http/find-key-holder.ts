import type { Authenticator } from '#core/tenants/authenticate.ts';
import type { Tenant } from '#core/tenants/tenant.ts';

/** A lookup never holds an underscore, so the key falls apart in one way only; a secret may hold some. */
const keyPattern = /^qk_(test|live)_([A-Za-z0-9-]{1,64})_([A-Za-z0-9_-]{1,128})$/;

/** The tenant whose native key it is, if the key's mode is the tenant's: a test key never opens a live book. */
export async function findKeyHolder(authenticator: Authenticator, key: string): Promise<Tenant | undefined> {
  const [, mode, lookup, secret] = keyPattern.exec(key) ?? [];
  if (lookup === undefined || secret === undefined) return undefined;
  const tenant = await authenticator.authenticate('native', lookup, secret);
  return tenant?.mode === mode ? tenant : undefined;
}
