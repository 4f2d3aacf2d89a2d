import type { Authenticator } from '#core/tenants/authenticate.ts';
import type { Tenant } from '#core/tenants/tenant.ts';
import { isUuid } from '#kit/ids.ts';
import type { Headers } from '../../http/facade.ts';

export const security = {
  tenant: { type: 'apiKey', in: 'header', name: 'tenant_id' },
  secret: { type: 'apiKey', in: 'header', name: 'x-api-secret' },
};

/** `tenant_id` names the tenant and `x-api-secret` proves it (facts A1, decision E-9): both, and they must belong together. */
export async function authenticate(
  headers: Headers,
  authenticator: Authenticator,
): Promise<Tenant | undefined> {
  const tenantId = headers.tenant_id?.toLowerCase();
  const secret = headers['x-api-secret'];
  if (tenantId === undefined || secret === undefined || !isUuid(tenantId)) return undefined;
  const tenant = await authenticator.authenticate('ping', tenantId, secret);
  return tenant?.id === tenantId ? tenant : undefined;
}
