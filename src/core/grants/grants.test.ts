import assert from 'node:assert/strict';
import { createHash, createSecretKey } from 'node:crypto';
import { after, before, it } from 'node:test';
import { manualClock } from '#kit/clock.ts';
import { randomIds } from '#kit/ids.ts';
import { openTestDatabase } from '#test/support/database.ts';
import type { Database } from '../../db/database.ts';
import { createAuthenticator } from '../tenants/authenticate.ts';
import { createCredential } from '../tenants/create-credential.ts';
import { createTenant } from '../tenants/create-tenant.ts';
import { deleteOldRefreshTokens } from './delete-old-refresh-tokens.ts';
import { codeLifeMs, refreshLifeMs } from './grant.ts';
import { issueCode } from './issue-code.ts';
import { redeemCode } from './redeem-code.ts';
import { refreshAccess } from './refresh-access.ts';
import { insertApplication } from './store.ts';

let database: Database;
before(async () => {
  database = await openTestDatabase();
});
after(() => database.close());

const redirectUri = 'https://app.example.com/back';
const verifier = 'v'.repeat(43);
const challenge = createHash('sha256').update(verifier).digest('base64url');
const lifeSeconds = 36_000;

async function openApplication() {
  const clock = manualClock(new Date('2026-03-01T12:00:00Z'));
  const core = { database, clock, ids: randomIds, pepper: createSecretKey(Buffer.alloc(32, 7)) };
  const tenant = await createTenant(core, {
    name: 'Clinic',
    mode: 'test',
    country: 'FI',
    zone: 'Europe/Helsinki',
    settings: { connectors: {} },
  });
  const open = async () => {
    const { credential } = await createCredential(core, tenant, { facade: 'clinic' });
    const client = { tenantId: tenant.id, credentialId: credential.id, facade: 'clinic' };
    await insertApplication(database, { ...client, isPublic: false, redirectUris: [redirectUri] });
    return client;
  };
  const client = await open();
  const issue = () => issueCode(core, { ...client, redirectUri, challenge });
  const redeem = (code: string, shown: object = {}, by = client) =>
    redeemCode(core, by, { code, redirectUri, verifier, ...shown }, lifeSeconds);
  const refresh = (token = '', by = client) => refreshAccess(core, by, token, lifeSeconds);
  const opens = async (token = '') =>
    (await createAuthenticator(core).authenticateToken('clinic', token)) !== undefined;
  return { core, clock, open, issue, redeem, refresh, opens };
}

it('a code is worth tokens for a minute, to its own client, redirect URI and verifier', async () => {
  const { clock, open, issue, redeem, opens } = await openApplication();
  const code = await issue();
  const other = await open();
  assert.equal(await redeem(code, {}, other), undefined);
  assert.equal(await redeem(code, { redirectUri: `${redirectUri}/` }), undefined);
  assert.equal(await redeem(code, { verifier: 'w'.repeat(43) }), undefined);
  assert.equal(await redeem(code, { verifier: challenge }), undefined);
  clock.advance(codeLifeMs - 1);
  assert.equal(await opens((await redeem(code))?.accessToken), true);
  const late = await issue();
  clock.advance(codeLifeMs);
  assert.equal(await redeem(late), undefined);
});

it('a code that comes a second time ends all that the first has got', async () => {
  const { issue, redeem, refresh, opens } = await openApplication();
  const code = await issue();
  const tokens = await redeem(code);
  const more = await refresh(tokens?.refreshToken);
  assert.equal(await redeem(code), undefined);
  assert.equal(await opens(tokens?.accessToken), false);
  assert.equal(await opens(more?.accessToken), false);
  assert.equal(await refresh(more?.refreshToken), undefined);
});

it('a code that two bring at once leaves neither of them with tokens', async () => {
  const { issue, redeem, opens } = await openApplication();
  const code = await issue();
  const got = (await Promise.all([redeem(code), redeem(code)])).filter((tokens) => tokens !== undefined);
  assert.equal(got.length, 1);
  assert.equal(await opens(got[0]?.accessToken), false);
});

it('a refresh token is exchanged once in thirty days; brought again, it ends the whole grant', async () => {
  const { core, clock, open, issue, redeem, refresh, opens } = await openApplication();
  const first = await redeem(await issue());
  assert.equal(await refresh(first?.refreshToken, await open()), undefined);
  clock.advance(refreshLifeMs - 1);
  const second = await refresh(first?.refreshToken);
  assert.equal(await opens(second?.accessToken), true);
  assert.equal(await refresh(first?.refreshToken), undefined);
  assert.equal(await opens(second?.accessToken), false);
  assert.equal(await refresh(second?.refreshToken), undefined);
  const late = await redeem(await issue());
  clock.advance(refreshLifeMs);
  assert.equal(await refresh(late?.refreshToken), undefined);
  assert.ok((await deleteOldRefreshTokens(core)) >= 2, 'one that is over is forgotten');
});

it('neither codes nor refresh tokens are kept as they are', async () => {
  const { issue, redeem } = await openApplication();
  const code = await issue();
  const tokens = await redeem(code);
  const rows = JSON.stringify([
    await database.query('select * from grants'),
    await database.query('select * from refresh_tokens'),
  ]);
  for (const secret of [code, tokens?.refreshToken, tokens?.accessToken])
    assert.ok(!rows.includes(secret ?? code));
});
