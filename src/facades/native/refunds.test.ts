import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type NativeServer, startNative, type Wire } from '#test/support/native-server.ts';

let server: NativeServer;

before(async () => {
  server = await startNative();
});

after(() => server.close());

test('a payment of another dialect is read with all that happened to it', async () => {
  const id = await server.pay(server.one.tenant);
  const { status, body } = await server.ask('GET', `/payments/${id}`);
  assert.equal(status, 200);
  assert.equal(body.status, 'completed');
  assert.equal(body.dialect, 'ping');
  assert.deepEqual(
    [body.amount, body.captured, body.refunding, body.refunded, body.refundable],
    [10_000, 10_000, 0, 0, 10_000],
  );
  assert.equal(body.transitions.at(-1).status, 'completed');
  assert.equal(body.operations[0].kind, 'purchase');
});

test('a payment is refunded in parts until nothing is left', async () => {
  const id = await server.pay(server.one.tenant);
  const refund = (amount: number) =>
    server.ask('POST', `/payments/${id}/refunds`, { body: { amount, reason: 'returned' } });
  const first = await refund(4_000);
  assert.equal(first.status, 201);
  assert.deepEqual(
    [first.body.paymentId, first.body.amount, first.body.currency, first.body.status, first.body.reason],
    [id, 4_000, 'SEK', 'approved', 'returned'],
  );
  const tooMuch = await refund(6_001);
  assert.equal(tooMuch.status, 422);
  assert.equal(tooMuch.body.type, '/docs/errors#amount_exceeds_available');
  assert.equal((await refund(6_000)).status, 201);
  assert.equal((await server.ask('GET', `/payments/${id}`)).body.refunded, 10_000);
  const { body } = await server.ask('GET', `/payments/${id}/refunds`);
  assert.deepEqual(
    body.data.map((one: Wire) => one.amount),
    [4_000, 6_000],
  );
});

test('a refund that is repeated under its key is one refund; with other input it is refused', async () => {
  const id = await server.pay(server.one.tenant);
  const refund = (amount: number) =>
    server.ask('POST', `/payments/${id}/refunds`, {
      body: { amount },
      idempotencyKey: `refund ${id}`.replace(' ', '-'),
    });
  const [first, second] = [await refund(100), await refund(100)];
  assert.equal(second.status, 201);
  assert.equal(second.headers['idempotent-replayed'], 'true');
  assert.deepEqual(second.body, first.body);
  assert.equal((await refund(200)).status, 422);
  assert.equal((await server.ask('GET', `/payments/${id}`)).body.refunded, 100);
});

test('an amount that is no whole number of minor units is refused by name, and nothing is stored', async () => {
  const id = await server.pay(server.one.tenant);
  const texts = ['"100"', '-1', '0', '0.5', '1e300', '1e999', '1000000000001', 'null', '[1]', '{}', 'true'];
  for (const text of texts) {
    const { status, body } = await server.ask('POST', `/payments/${id}/refunds`, {
      text: `{"amount":${text}}`,
    });
    assert.equal(status, 422, text);
    assert.equal(body.errors[0].property, 'amount', text);
  }
  assert.equal(
    (await server.ask('POST', `/payments/${id}/refunds`, { body: {} })).body.errors[0].problem,
    'missing_field',
  );
  assert.equal((await server.ask('POST', `/payments/${id}/refunds`, { text: '{"amount":' })).status, 400);
  assert.deepEqual((await server.ask('GET', `/payments/${id}/refunds`)).body.data, []);
});

test('the ledger’s balances are whole numbers, and the audit is green', async () => {
  const { tenant, key } = await server.openTenant('Books');
  const id = await server.pay(tenant);
  await server.ask('POST', `/payments/${id}/refunds`, { key, body: { amount: 2_500 } });
  const { body } = await server.ask('GET', '/balances', { key });
  assert.deepEqual(body.data, [
    { account: 'processor:dummy', currency: 'SEK', balance: 7_500 },
    { account: 'receipts', currency: 'SEK', balance: -7_500 },
  ]);
  const audit = await server.ask('GET', '/audit', { key });
  assert.equal(audit.status, 200);
  assert.equal(audit.body.ok, true);
  assert.deepEqual(
    audit.body.checks.filter((check: Wire) => !check.ok || check.rows !== 0),
    [],
  );
});
