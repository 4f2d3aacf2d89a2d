import { hashToken } from '#kit/secrets.ts';
import type { Core } from '../core.ts';
import { giveTokens } from './give-tokens.ts';
import type { GrantClient, GrantedTokens } from './grant.ts';
import { endGrant, lockGrantByRefresh, updateRefreshUsed } from './store.ts';

/**
 * Exchanges a refresh token for new tokens, once. Undefined where it is unknown, another client's or over. One that comes a
 * second time is in two hands, and nobody knows whose are the right ones: the whole grant ends (RFC 9700, section 4.14.2).
 */
export async function refreshAccess(
  core: Pick<Core, 'database' | 'clock' | 'ids' | 'pepper'>,
  client: GrantClient,
  refreshToken: string,
  lifeSeconds: number,
): Promise<GrantedTokens | undefined> {
  const digest = hashToken(core.pepper, refreshToken);
  return core.database.transaction(async (transaction) => {
    const now = core.clock.now();
    const grant = await lockGrantByRefresh(transaction, client, digest);
    if (grant === undefined || grant.revokedAt !== null) return undefined;
    if (grant.usedAt !== null) {
      await endGrant(transaction, grant, now);
      return undefined;
    }
    if (grant.refreshExpiresAt <= now) return undefined;
    await updateRefreshUsed(transaction, digest, now);
    return giveTokens(core, transaction, { grant, client, lifeSeconds });
  });
}
