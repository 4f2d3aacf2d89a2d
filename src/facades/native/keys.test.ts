import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type NativeServer, startNative, type Wire } from '#test/support/native-server.ts';

let server: NativeServer;

before(async () => {
  server = await startNative();
});

after(() => server.close());

const works = async (key: string) => (await server.ask('GET', '/tenant', { key })).status === 200;

test('a key is made, shown once, works, and is over as soon as it is revoked', async () => {
  const made = await server.ask('POST', '/credentials', { body: { label: 'till' } });
  assert.equal(made.status, 201);
  const { id, key } = made.body;
  assert.ok(await works(key));
  const { body } = await server.ask('GET', '/credentials');
  const listed = body.data.find((one: Wire) => one.id === id);
  assert.equal(listed.label, 'till');
  assert.ok(!JSON.stringify(body).includes(made.body.secret));
  assert.equal((await server.ask('DELETE', `/credentials/${id}`)).status, 204);
  assert.equal(await works(key), false);
  assert.equal((await server.ask('DELETE', `/credentials/${id}`)).status, 204);
  assert.equal((await server.ask('POST', `/credentials/${id}/rotate`)).status, 404);
});

test('of a request that is repeated under its key nobody is told the secret again, and one key is made', async () => {
  const make = () => server.ask('POST', '/credentials', { body: {}, idempotencyKey: 'make-1' });
  const [first, second] = [await make(), await make()];
  assert.equal(second.body.id, first.body.id);
  assert.equal(second.headers['idempotent-replayed'], 'true');
  assert.deepEqual([second.body.key, second.body.secret], [null, null]);
});

test('a rotated key works on for the overlap and not longer', async () => {
  const { body: old } = await server.ask('POST', '/credentials', { body: {} });
  const kept = await server.ask('POST', `/credentials/${old.id}/rotate`);
  assert.equal(kept.status, 201);
  assert.ok((await works(old.key)) && (await works(kept.body.key)));
  const dropped = await server.ask('POST', `/credentials/${kept.body.id}/rotate`, {
    body: { overlap: 'PT0S' },
  });
  assert.equal(await works(kept.body.key), false);
  assert.ok(await works(dropped.body.key));
  const { body } = await server.ask('GET', '/credentials');
  const ends = (id: string) => body.data.find((one: Wire) => one.id === id).expiresAt;
  assert.ok(Date.parse(ends(old.id)) - Date.parse(old.createdAt) >= 86_400_000);
  assert.equal(ends(dropped.body.id), null);
});

test('a rotated credential is for the same account of its façade as before', async () => {
  const { body: old } = await server.ask('POST', '/credentials', {
    body: { facade: 'optum', account: 'A-1' },
  });
  const { body: made } = await server.ask('POST', `/credentials/${old.id}/rotate`);
  const { body } = await server.ask('GET', '/credentials');
  assert.equal(body.data.find((one: Wire) => one.id === made.id).account, 'A-1');
});

test('when a key was last used is written down', async () => {
  const { body: made } = await server.ask('POST', '/credentials', { body: {} });
  assert.equal(made.lastUsedAt, null);
  assert.ok(await works(made.key));
  await server.authenticator.flush();
  const { body } = await server.ask('GET', '/credentials');
  assert.ok(body.data.find((one: Wire) => one.id === made.id).lastUsedAt !== null);
});

test('another façade’s secret opens that façade, and nothing here', async () => {
  const { status, body } = await server.ask('POST', '/credentials', { body: { facade: 'ping' } });
  assert.deepEqual([status, body.key, body.lookup], [201, null, server.one.tenant.id]);
  assert.equal(await works(`qk_test_${body.lookup}_${body.secret}`), false);
  const response = await server.server.inject({
    method: 'GET',
    url: '/api/v1/payment_links',
    headers: { tenant_id: server.one.tenant.id, 'x-api-secret': body.secret },
  });
  assert.equal(response.statusCode, 200);
});

test('another tenant’s credential is as unknown as one that nobody has', async () => {
  const { body: made } = await server.ask('POST', '/credentials', { body: {} });
  for (const id of [made.id, '00000000-0000-0000-0000-000000000000', 'x']) {
    const key = server.two.key;
    assert.equal((await server.ask('DELETE', `/credentials/${id}`, { key })).status, 404);
    assert.equal((await server.ask('POST', `/credentials/${id}/rotate`, { key })).status, 404);
  }
  assert.ok(await works(made.key));
});

test('a second book of the organisation is opened with a key of its own, and sees nothing of the first', async () => {
  await server.pay(server.one.tenant);
  const { status, body } = await server.ask('POST', '/tenants', {
    body: { name: 'Branch', zone: 'Europe/Oslo' },
  });
  assert.equal(status, 201);
  assert.deepEqual(
    [body.tenant.name, body.tenant.mode, body.tenant.country, body.tenant.zone],
    ['Branch', 'test', 'SE', 'Europe/Oslo'],
  );
  const { key } = body;
  assert.equal((await server.ask('GET', '/tenant', { key })).body.id, body.tenant.id);
  assert.deepEqual((await server.ask('GET', '/payments', { key })).body.data, []);
  const signing = await server.ask('GET', '/signing-key', { key });
  assert.equal(Buffer.from(signing.body.publicKey, 'base64').length, 32);
  const names = async (asker: string) =>
    (await server.ask('GET', '/tenants', { key: asker })).body.data.map((one: Wire) => one.name);
  assert.deepEqual(await names(key), ['One', 'Branch']);
  assert.deepEqual(await names(server.two.key), ['Two']);
});

test('a book that cannot be opened is refused by name, and is not there afterwards', async () => {
  const cases: [Record<string, unknown>, string][] = [
    [{}, 'name'],
    [{ name: '' }, 'name'],
    [{ name: 'x', country: 'Sweden' }, 'country'],
    [{ name: 'x', zone: 'Mars/Olympus' }, 'zone'],
    [{ name: 'x', mode: 'both' }, 'mode'],
    [{ name: 'x', owner: 'y' }, 'owner'],
  ];
  for (const [body, property] of cases) {
    const answer = await server.ask('POST', '/tenants', { key: server.two.key, body });
    assert.equal(answer.status, 422);
    assert.equal(answer.body.errors[0].property, property);
  }
  assert.equal((await server.ask('GET', '/tenants', { key: server.two.key })).body.data.length, 1);
});

test('a demo opens no live book', async () => {
  const { status, body } = await server.ask('POST', '/tenants', { body: { name: 'Live', mode: 'live' } });
  assert.equal(status, 409);
  assert.equal(body.type, '/docs/errors#operation_forbidden');
});

test('a live book has a live key, no connector until one is set up, and no clock to turn', async (t) => {
  const production = await startNative(
    {
      QUITTANCE_EMBEDDED: 'allow',
      PUBLIC_URL: 'https://pay.example.com',
      QUITTANCE_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
    },
    'production',
  );
  t.after(() => production.close());
  const { status, body } = await production.ask('POST', '/tenants', { body: { name: 'Live', mode: 'live' } });
  assert.equal(status, 201);
  assert.match(body.key, /^qk_live_/);
  assert.deepEqual(body.tenant.connectors, {});
  const { key } = body;
  assert.equal((await production.ask('GET', '/test-clock', { key })).status, 409);
  assert.equal(
    (await production.ask('POST', '/test-clock/advance', { key, body: { by: 'P1D' } })).status,
    409,
  );
  assert.equal((await production.ask('GET', '/tenant', { key: key.replace('live', 'test') })).status, 401);
});
