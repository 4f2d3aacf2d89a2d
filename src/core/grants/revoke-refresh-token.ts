import { hashToken } from '#kit/secrets.ts';
import type { Core } from '../core.ts';
import type { GrantClient } from './grant.ts';
import { endGrant, lockGrantByRefresh } from './store.ts';

/** Ends the grant a refresh token is of, access tokens included (RFC 7009, section 2.1). Another client's is left alone. */
export async function revokeRefreshToken(
  core: Pick<Core, 'database' | 'clock' | 'pepper'>,
  client: GrantClient,
  token: string,
): Promise<void> {
  const digest = hashToken(core.pepper, token);
  await core.database.transaction(async (transaction) => {
    const grant = await lockGrantByRefresh(transaction, client, digest);
    if (grant !== undefined) await endGrant(transaction, grant, core.clock.now());
  });
}
