import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type NativeServer, startNative, type Wire } from '#test/support/native-server.ts';

let server: NativeServer;

before(async () => {
  server = await startNative(
    {
      QUITTANCE_EMBEDDED: 'allow',
      PUBLIC_URL: 'https://pay.example.com',
      QUITTANCE_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
    },
    'production',
  );
});

after(() => server.close());

const account = {
  pxPayUserId: 'Clinic_PxPay',
  pxPayKey: 'abcdef01'.repeat(8),
  postUsername: 'Clinic_PxPost',
  postPassword: 'a password nobody guesses',
  baseUrl: 'https://uat.windcave.com',
};

const put = (key: string, body: unknown, name = 'windcave') =>
  server.ask('PUT', `/connectors/${name}`, { key, body });

async function connectorOf(key: string, name = 'windcave'): Promise<Wire> {
  const { body } = await server.ask('GET', '/connectors', { key });
  return body.data.find((one: Wire) => one.name === name);
}

async function openLive(): Promise<string> {
  const { body } = await server.ask('POST', '/tenants', { body: { name: 'Live', mode: 'live' } });
  return body.key;
}

test('an account at a processor is set up, shown without its secrets, changed and forgotten', async () => {
  const { key } = await server.openTenant('Clinic');
  const empty = await connectorOf(key);
  assert.deepEqual([empty.methods, empty.serves], [['card'], []]);
  assert.ok(empty.fields.every((field: Wire) => !field.isSet && field.value === null));

  const { status, body } = await put(key, { account, methods: ['card'] });
  assert.equal(status, 200);
  assert.deepEqual(body.serves, ['card']);
  const values = Object.fromEntries(body.fields.map((field: Wire) => [field.name, field.value]));
  assert.deepEqual(values, { ...account, pxPayKey: null, postPassword: null });
  assert.ok(body.fields.every((field: Wire) => field.isSet));
  assert.deepEqual(await connectorOf(key), body);
  const tenant = await server.ask('GET', '/tenant', { key });
  assert.deepEqual(tenant.body.connectors, { dummy: 'dummy', card: 'windcave' });

  const emptied = await put(key, { account, methods: [] });
  assert.deepEqual(emptied.body.serves, []);
  assert.equal((await server.ask('DELETE', '/connectors/windcave', { key })).status, 204);
  assert.equal((await server.ask('DELETE', '/connectors/windcave', { key })).status, 204);
  assert.deepEqual(await connectorOf(key), empty);
});

test('an account is its tenant’s alone', async () => {
  const [one, two] = [await server.openTenant('A'), await server.openTenant('B')];
  await put(one.key, { account, methods: ['card'] });
  const seen = await connectorOf(two.key);
  assert.ok(seen.fields.every((field: Wire) => !field.isSet));
  assert.deepEqual(seen.serves, []);
});

test('an account that cannot be one is refused by name and without its values, and nothing is kept', async () => {
  const { key } = await server.openTenant('Clinic');
  const { postPassword: _, ...incomplete } = account;
  const cases: [body: unknown, property: string][] = [
    [{ account: incomplete, methods: [] }, 'account.postPassword'],
    [{ account: { ...account, postPassword: 'sécret' }, methods: [] }, 'account.postPassword'],
    [{ account: { ...account, baseUrl: 'windcave' }, methods: [] }, 'account.baseUrl'],
    [{ account: { ...account, apiKey: 'x' }, methods: [] }, 'account.apiKey'],
    [{ account: { ...account, pxPayKey: 7 }, methods: [] }, 'account.pxPayKey'],
    [{ account, methods: ['card', 'swish'] }, 'methods.1'],
    [{ account, methods: 'card' }, 'methods'],
    [{ account }, 'methods'],
    [{ methods: ['card'] }, 'account'],
  ];
  for (const [body, property] of cases) {
    const answer = await put(key, body);
    assert.equal(answer.status, 422, property);
    assert.equal(answer.body.errors[0].property, property);
    assert.ok(!JSON.stringify(answer.body).includes('sécret'));
  }
  assert.ok((await connectorOf(key)).fields.every((field: Wire) => !field.isSet));
  assert.equal((await put(key, { account, methods: [] }, 'stripe')).status, 404);
});

test('a live tenant’s processor is spoken to over TLS alone', async () => {
  const key = await openLive();
  for (const baseUrl of ['http://sec.windcave.com', ' HTTP://sec.windcave.com', 'http:sec.windcave.com']) {
    const { status, body } = await put(key, { account: { ...account, baseUrl }, methods: ['card'] });
    assert.equal(status, 422);
    assert.equal(body.errors[0].property, 'account.baseUrl');
  }
  assert.equal((await put(key, { account, methods: ['card'] })).status, 200);
});

test('a live tenant is never served by a connector behind which no money moves', async () => {
  const key = await openLive();
  assert.equal((await put(key, { account: {}, methods: ['dummy'] }, 'dummy')).status, 409);
  assert.equal(await connectorOf(key, 'dummy'), undefined);
  assert.deepEqual((await server.ask('GET', '/tenant', { key })).body.connectors, {});
});

test('an account that open payments are to be asked about at is neither replaced nor forgotten', async () => {
  const { key, tenant } = await server.openTenant('Clinic');
  await put(key, { account, methods: ['card'] });
  await server.initiate({ ...tenant, settings: { connectors: { card: 'windcave' } } }, 'card');
  const other = { ...account, pxPayUserId: 'Other_PxPay' };
  const refused = [
    await put(key, { account: other, methods: ['card'] }),
    await server.ask('DELETE', '/connectors/windcave', { key }),
  ];
  for (const { status, body } of refused) {
    assert.equal(status, 409);
    assert.equal(body.type, '/docs/errors#operation_forbidden');
  }
  const renewed = await put(key, { account: { ...account, postPassword: 'renewed' }, methods: [] });
  assert.equal(renewed.status, 200);
});

test('a request that is repeated under its key sets up nothing a second time', async () => {
  const { key } = await server.openTenant('Clinic');
  const ask = (path: string, body: unknown) =>
    server.ask(path === '/merchants' ? 'POST' : 'PUT', path, { key, body, idempotencyKey: 'once' });
  const first = await ask('/merchants', { name: 'North' });
  const second = await ask('/merchants', { name: 'North' });
  assert.deepEqual(second.body, first.body);
  assert.equal(second.headers['idempotent-replayed'], 'true');
  assert.equal((await server.ask('GET', '/merchants', { key })).body.data.length, 1);

  await ask('/connectors/windcave', { account, methods: ['card'] });
  await put(key, { account, methods: [] });
  const late = await ask('/connectors/windcave', { account, methods: ['card'] });
  assert.equal(late.headers['idempotent-replayed'], 'true');
  assert.deepEqual(late.body.serves, []);
});

test('merchants are listed newest first, page by page, each tenant’s own', async () => {
  const { key } = await server.openTenant('Platform');
  for (const name of ['North', 'South', 'West']) {
    const { status, body } = await server.ask('POST', '/merchants', {
      key,
      body: { name, organisationNumber: '556677-8899' },
    });
    assert.deepEqual([status, body.name, body.organisationNumber], [201, name, '556677-8899']);
  }
  const first = await server.ask('GET', '/merchants?limit=2', { key });
  const rest = await server.ask('GET', `/merchants?limit=2&after=${first.body.next}`, { key });
  const names = [...first.body.data, ...rest.body.data].map((one: Wire) => one.name);
  assert.deepEqual(names.toSorted(), ['North', 'South', 'West']);
  assert.deepEqual([first.body.data.length, rest.body.next], [2, null]);
  assert.deepEqual((await server.ask('GET', '/merchants', { key: server.two.key })).body.data, []);
});

test('of a tenant what is named changes, what is null goes, and the rest stays, from the next request on', async () => {
  const { key } = await server.openTenant('Clinic');
  const patch = (body: unknown) => server.ask('PATCH', '/tenant', { key, body });
  const brand = { logoUrl: 'https://example.com/logo.png', colour: '#005fcc' };
  const first = await patch({
    name: 'Kliniken',
    zone: 'Europe/Oslo',
    organisationNumber: '556677-8899',
    brand,
  });
  assert.equal(first.status, 200);
  assert.deepEqual(
    [first.body.name, first.body.zone, first.body.organisationNumber, first.body.brand],
    ['Kliniken', 'Europe/Oslo', '556677-8899', brand],
  );
  assert.deepEqual(first.body.connectors, { dummy: 'dummy' });
  const second = await patch({ organisationNumber: null, brand: { colour: null } });
  assert.deepEqual(second.body, {
    ...first.body,
    organisationNumber: null,
    brand: { ...brand, colour: null },
  });
  assert.deepEqual((await server.ask('GET', '/tenant', { key })).body, second.body);
});

test('a look or a zone that cannot be is refused by name', async () => {
  const cases: [body: unknown, property: string][] = [
    [{ zone: 'Mars/Olympus' }, 'zone'],
    [{ name: '' }, 'name'],
    [{ brand: { colour: 'blue' } }, 'brand.colour'],
    [{ brand: { logoUrl: 'javascript:alert(1)' } }, 'brand.logoUrl'],
    [{ brand: { font: 'x' } }, 'brand.font'],
    [{ mode: 'live' }, 'mode'],
    [{ requestsPerMinute: 0 }, 'requestsPerMinute'],
    [{ routeRateFactor: 0 }, 'routeRateFactor'],
    [{ routeRateFactor: '2' }, 'routeRateFactor'],
  ];
  for (const [body, property] of cases) {
    const answer = await server.ask('PATCH', '/tenant', { body });
    assert.equal(answer.status, 422, property);
    assert.equal(answer.body.errors[0].property, property);
  }
});

test('how often a tenant may ask is set, read, and ours again once it is taken away', async () => {
  const { key } = await server.openTenant('Busy');
  const patch = async (body: unknown) => (await server.ask('PATCH', '/tenant', { key, body })).body;
  const ratesOf = ({ requestsPerMinute, routeRateFactor }: Wire) => [requestsPerMinute, routeRateFactor];
  assert.deepEqual(ratesOf((await server.ask('GET', '/tenant', { key })).body), [null, null]);
  const set = await patch({ requestsPerMinute: 60, routeRateFactor: 2.5 });
  assert.deepEqual(ratesOf(set), [60, 2.5]);
  assert.deepEqual(ratesOf(await patch({ routeRateFactor: null })), [60, null]);
  let status = 200;
  for (let asked = 0; asked < 61 && status === 200; asked += 1)
    status = (await server.ask('GET', '/tenant', { key })).status;
  assert.equal(status, 429);
});

test('an account to pay out of does not hand its files to an address inside', async () => {
  const account = {
    id: 'plan',
    fundingType: 'PostFunded',
    hold: false,
    approval: { makerMayRelease: true, tiers: [] },
    payer: { name: 'EVERY HEALTH TPA', tin: '123456789' },
    bankName: 'FIRST EXAMPLE BANK',
    routingNumber: '121042882',
    offset: false,
    bankAccountNumber: '00112233',
  };
  const key = await openLive();
  for (const gatewayUrl of [
    'https://127.0.0.1:9/',
    'https://[::1]/',
    'https://10.0.0.1/',
    'http://bank.example/',
  ]) {
    const { status, body } = await server.ask('POST', '/payout-accounts', {
      key,
      body: { ...account, gatewayUrl },
    });
    assert.equal(status, 422, gatewayUrl);
    assert.equal(body.errors[0].property, 'gatewayUrl');
  }
});
