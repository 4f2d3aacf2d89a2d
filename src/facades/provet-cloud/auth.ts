import type { Authenticator, Caller } from '#core/tenants/authenticate.ts';
import type { Headers } from '#http/facade.ts';

export const tokenPath = '/:provet_id/oauth2/token/';

export const security = {
  oauth2: {
    type: 'oauth2',
    flows: { clientCredentials: { tokenUrl: tokenPath, scopes: { restapi: 'All of it' } } },
  },
};

/** `Authorization: Bearer`, with a token from the token endpoint (facts 6.1). */
export async function authenticate(
  headers: Headers,
  authenticator: Authenticator,
): Promise<Caller | undefined> {
  const [, token] = /^Bearer ([A-Za-z0-9_-]{16,128})$/i.exec(headers.authorization ?? '') ?? [];
  return token === undefined ? undefined : authenticator.authenticateToken('provet-cloud', token);
}
