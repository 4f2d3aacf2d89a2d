import type { Authenticator, Caller } from '#core/tenants/authenticate.ts';
import type { Headers } from '#http/facade.ts';
import { CoreError } from '#kit/errors.ts';

export const security = {
  token: {
    type: 'http',
    scheme: 'bearer',
    description: 'An access token of `POST /api/issue/oauth2/token` (client credentials), good for an hour.',
  },
};

const bearerPattern = /^bearer ([A-Za-z0-9._~+/=-]{16,512})$/i;

/**
 * The tenant and account for whose client the token was given. `X-Optum-Tenant-Id` may be left out; another tenant's is
 * refused (decision E-o9).
 */
export async function authenticate(
  headers: Headers,
  authenticator: Authenticator,
): Promise<Caller | undefined> {
  const [, token] = bearerPattern.exec(headers.authorization ?? '') ?? [];
  if (token === undefined) return undefined;
  const caller = await authenticator.authenticateToken('optum', token);
  const named = headers['x-optum-tenant-id'];
  if (caller !== undefined && named !== undefined && named.toLowerCase() !== caller.id)
    throw new CoreError('operation_forbidden', 'X-Optum-Tenant-Id is not the tenant of these credentials.');
  return caller;
}
