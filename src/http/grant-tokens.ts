import { findApplication } from '#core/grants/find-application.ts';
import type { GrantClient, GrantedTokens } from '#core/grants/grant.ts';
import { redeemCode } from '#core/grants/redeem-code.ts';
import { refreshAccess } from '#core/grants/refresh-access.ts';
import type { Facade } from './facade.ts';
import type { FacadeMeans } from './register-facade.ts';

type Fields = ReadonlyMap<string, string>;
interface Asked {
  readonly client: GrantClient;
  readonly fields: Fields;
  readonly lifeSeconds: number;
  /** The façade's. */
  readonly scope: string;
}

type Refusal = 'invalid_request' | 'invalid_grant' | 'invalid_scope';

/** The grants that start from a consent, by `grant_type`: tokens, or the reason of RFC 6749, section 5.2. */
export const grantTokens = {
  authorization_code: async ({ core }, { client, fields, lifeSeconds }) => {
    const code = fields.get('code');
    const redirectUri = fields.get('redirect_uri');
    const verifier = fields.get('code_verifier');
    if (code === undefined || redirectUri === undefined || verifier === undefined) return 'invalid_request';
    const shown = { code, redirectUri, verifier };
    return (await redeemCode(core, client, shown, lifeSeconds)) ?? 'invalid_grant';
  },
  refresh_token: async ({ core }, { client, fields, lifeSeconds, scope }) => {
    const token = fields.get('refresh_token');
    if (token === undefined) return 'invalid_request';
    if ((fields.get('scope') ?? scope) !== scope) return 'invalid_scope';
    return (await refreshAccess(core, client, token, lifeSeconds)) ?? 'invalid_grant';
  },
} as const satisfies Record<string, (means: FacadeMeans, asked: Asked) => Promise<GrantedTokens | Refusal>>;

/** A public application, which has no secret to show and is known by its id alone. */
export async function findPublicClient(
  facade: Facade,
  { core }: FacadeMeans,
  fields: Fields,
): Promise<Pick<GrantClient, 'tenantId' | 'credentialId'> | undefined> {
  const application = await findApplication(core, facade.name, fields.get('client_id') ?? '');
  return application?.isPublic === true ? application : undefined;
}
