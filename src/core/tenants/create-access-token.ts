import type { Queryable } from '#db/database.ts';
import { later } from '#kit/clock.ts';
import type { CredentialId, TenantId } from '#kit/ids.ts';
import { hashToken } from '#kit/secrets.ts';
import type { Core } from '../core.ts';
import { insertAccessToken } from './store.ts';

/** How long a token opens anything, by the wall clock, where its façade's documents do not say otherwise. */
export const usualTokenLifeSeconds = 3_600;

/** Bytes of randomness in a token. */
const tokenBytes = 32;

export interface NewAccessToken {
  readonly tenantId: TenantId;
  readonly facade: string;
  readonly credentialId: CredentialId;
  /** The consent it came of; absent where the client acts for itself. */
  readonly grantId?: string;
  readonly lifeSeconds?: number;
  /** Given only for demo data, which must be the same after a restart and never ends; else made. */
  readonly lasting?: string;
}

/** Makes a bearer token for a client credential. It is answered here, once; only a keyed digest of it is kept. */
export async function createAccessToken(
  core: Pick<Core, 'clock' | 'ids' | 'pepper'> & { readonly database: Queryable },
  { lasting, lifeSeconds = usualTokenLifeSeconds, ...owner }: NewAccessToken,
): Promise<string> {
  const token = lasting ?? core.ids.token(tokenBytes);
  const now = core.clock.now();
  await insertAccessToken(core.database, {
    ...owner,
    digest: hashToken(core.pepper, token),
    createdAt: now,
    expiresAt: lasting === undefined ? later(now, lifeSeconds * 1_000) : null,
  });
  return token;
}
