import assert from 'node:assert/strict';
import { createSecretKey } from 'node:crypto';
import { after, before, it } from 'node:test';
import { later, manualClock } from '#kit/clock.ts';
import { randomIds } from '#kit/ids.ts';
import { openTestDatabase } from '#test/support/database.ts';
import type { Database } from '../../db/database.ts';
import { createAuthenticator } from './authenticate.ts';
import { createAccessToken } from './create-access-token.ts';
import { createCredential } from './create-credential.ts';
import { createTenant } from './create-tenant.ts';
import { deleteOldTokens } from './delete-old-tokens.ts';
import { updateCredentialEnd } from './store.ts';

let database: Database;
before(async () => {
  database = await openTestDatabase();
});
after(() => database.close());

async function openClient() {
  const clock = manualClock(new Date('2026-03-01T12:00:00Z'));
  const core = { database, clock, ids: randomIds, pepper: createSecretKey(Buffer.alloc(32, 7)) };
  const tenant = await createTenant(core, {
    name: 'Payer',
    mode: 'test',
    country: 'US',
    zone: 'America/New_York',
    settings: { connectors: {} },
  });
  const { credential } = await createCredential(core, tenant, { facade: 'payer', account: 'acc-1' });
  const owner = { tenantId: tenant.id, facade: 'payer', credentialId: credential.id };
  return { clock, core, tenant, credential, owner };
}

it('a token opens its tenant and account for an hour by the wall clock, in its own façade alone', async () => {
  const { clock, core, tenant, credential, owner } = await openClient();
  const token = await createAccessToken(core, owner);
  const authenticator = createAuthenticator(core);
  const caller = await authenticator.authenticateToken('payer', token);
  assert.equal(caller?.id, tenant.id);
  assert.equal(caller?.account, 'acc-1');
  assert.equal(caller?.credentialId, credential.id);
  assert.equal(await authenticator.authenticateToken('clinic', token), undefined);
  assert.equal(await authenticator.authenticateToken('payer', `${token}x`), undefined);
  clock.advance(3_599_999);
  assert.equal((await authenticator.authenticateToken('payer', token))?.id, tenant.id);
  clock.advance(1);
  assert.equal(await authenticator.authenticateToken('payer', token), undefined);
});

it('a token ends with the client credential it was given for', async () => {
  const { clock, core, tenant, credential, owner } = await openClient();
  const token = await createAccessToken(core, owner);
  const authenticator = createAuthenticator(core);
  assert.ok(await authenticator.authenticateToken('payer', token));
  const end = { expiresAt: null, revokedAt: clock.now() };
  await updateCredentialEnd(database, tenant.id, credential.id, end);
  authenticator.forget(tenant.id);
  assert.equal(await authenticator.authenticateToken('payer', token), undefined);
});

it('the token itself is not kept, and is forgotten once it is over', async () => {
  const { clock, core, owner } = await openClient();
  const token = await createAccessToken(core, owner);
  const lasting = await createAccessToken(core, { ...owner, lasting: 'printed by the demo' });
  const rows = await database.query('select * from access_tokens where credential_id = $1', [
    owner.credentialId,
  ]);
  assert.equal(rows.length, 2);
  assert.ok(!JSON.stringify(rows).includes(token));
  clock.advance(3_600_001);
  assert.ok((await deleteOldTokens(core)) >= 1);
  const authenticator = createAuthenticator({ ...core, clock: { now: () => later(clock.now(), 1e12) } });
  assert.ok(await authenticator.authenticateToken('payer', lasting), 'the demo’s tokens never end');
});
