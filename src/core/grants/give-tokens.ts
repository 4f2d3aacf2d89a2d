import type { Transaction } from '#db/database.ts';
import { later } from '#kit/clock.ts';
import { hashToken } from '#kit/secrets.ts';
import type { Core } from '../core.ts';
import { createAccessToken } from '../tenants/create-access-token.ts';
import { type Grant, type GrantClient, type GrantedTokens, refreshLifeMs, tokenBytes } from './grant.ts';
import { insertRefreshToken } from './store.ts';

/** An access token and a refresh token of a grant, in the transaction that decides that they are due. */
export async function giveTokens(
  core: Pick<Core, 'clock' | 'ids' | 'pepper'>,
  transaction: Transaction,
  {
    grant,
    client,
    lifeSeconds,
  }: {
    readonly grant: Grant;
    readonly client: GrantClient;
    readonly lifeSeconds: number;
  },
): Promise<GrantedTokens> {
  const createdAt = core.clock.now();
  const refreshToken = core.ids.token(tokenBytes);
  await insertRefreshToken(transaction, {
    grant,
    digest: hashToken(core.pepper, refreshToken),
    createdAt,
    expiresAt: later(createdAt, refreshLifeMs),
  });
  const means = { clock: core.clock, ids: core.ids, pepper: core.pepper, database: transaction };
  const accessToken = await createAccessToken(means, { ...client, grantId: grant.id, lifeSeconds });
  return { accessToken, refreshToken };
}
