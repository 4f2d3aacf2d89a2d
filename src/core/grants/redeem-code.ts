import { hashToken } from '#kit/secrets.ts';
import type { Core } from '../core.ts';
import { giveTokens } from './give-tokens.ts';
import { answersChallenge, type GrantClient, type GrantedTokens } from './grant.ts';
import { endGrant, lockGrantByCode, updateRedeemed } from './store.ts';

/**
 * Exchanges a code for tokens, once. Undefined where the code is unknown, another client's, over, or not what the redirect
 * URI and the verifier belong to. A code that comes a second time was stolen, or its tokens were: all of them end
 * (RFC 6749, section 4.1.2).
 */
export async function redeemCode(
  core: Pick<Core, 'database' | 'clock' | 'ids' | 'pepper'>,
  client: GrantClient,
  shown: { readonly code: string; readonly redirectUri: string; readonly verifier: string },
  lifeSeconds: number,
): Promise<GrantedTokens | undefined> {
  return core.database.transaction(async (transaction) => {
    const now = core.clock.now();
    const grant = await lockGrantByCode(transaction, client, hashToken(core.pepper, shown.code));
    if (grant === undefined) return undefined;
    if (grant.redeemedAt !== null) {
      await endGrant(transaction, grant, now);
      return undefined;
    }
    if (grant.codeExpiresAt <= now || grant.redirectUri !== shown.redirectUri) return undefined;
    if (!answersChallenge(grant.challenge, shown.verifier)) return undefined;
    await updateRedeemed(transaction, grant, now);
    return giveTokens(core, transaction, { grant, client, lifeSeconds });
  });
}
