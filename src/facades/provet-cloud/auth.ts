import type { Authenticator, Caller } from '#core/tenants/authenticate.ts';
import type { Headers } from '#http/facade.ts';

export const tokenPath = '/:provet_id/oauth2/token/';

export const authorizePath = '/:provet_id/oauth2/authorize/';
export const revokePath = '/:provet_id/oauth2/revoke_token/';
export const userinfoPath = '/:provet_id/oauth2/userinfo/';

/** Ten hours, as the vendor documents it (facts 6.1). */
export const tokenLifeSeconds = 36_000;

/** The vendor's only scope for this API. */
export const consentScope = 'restapi';

const scopes = { [consentScope]: 'All of it' };

export const security = {
  oauth2: {
    type: 'oauth2',
    flows: {
      clientCredentials: { tokenUrl: tokenPath, scopes },
      authorizationCode: {
        authorizationUrl: authorizePath,
        tokenUrl: tokenPath,
        refreshUrl: tokenPath,
        scopes,
      },
    },
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
