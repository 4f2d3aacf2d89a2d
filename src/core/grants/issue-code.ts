import { later } from '#kit/clock.ts';
import { hashToken } from '#kit/secrets.ts';
import type { Core } from '../core.ts';
import { codeLifeMs, type Grant, tokenBytes } from './grant.ts';
import { insertGrant } from './store.ts';

/** Writes down that a tenant agreed, and answers the code by which the application gets its tokens; kept as a digest. */
export async function issueCode(
  core: Pick<Core, 'database' | 'clock' | 'ids' | 'pepper'>,
  agreed: Pick<Grant, 'tenantId' | 'credentialId' | 'redirectUri' | 'challenge'>,
): Promise<string> {
  const code = core.ids.token(tokenBytes);
  const createdAt = core.clock.now();
  await insertGrant(core.database, {
    ...agreed,
    id: core.ids.uuid(),
    codeDigest: hashToken(core.pepper, code),
    codeExpiresAt: later(createdAt, codeLifeMs),
    createdAt,
  });
  return code;
}
