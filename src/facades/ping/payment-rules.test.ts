/** What the vendor's own tests say of payment orders and payments (facts A6), by the front door. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type Answer, type Json, type PingClient, payOnPage, pingClient } from '#test/support/ping-client.ts';

let app: TestApp;
let ping: PingClient;
before(async () => {
  app = await startTestApp();
  ping = pingClient(app);
});
after(() => app.stop());

const nil = '00000000-0000-0000-0000-000000000000';

function assertError(answer: Answer, status: number, error: string, property: string | null): void {
  assert.equal(answer.status, status, answer.text);
  const [first] = answer.body.errors;
  assert.deepEqual([first.error, first.property], [error, property], answer.text);
}

function paymentBody(replaced: Json = {}, item: Json = {}): Json {
  const merchantId = app.tenants[0]?.merchantId;
  return {
    currency: 'SEK',
    total_amount: 14_000,
    order_items: [{ amount: 14_000, name: 'Visit', vat_rate: 25, merchant_id: merchantId, ...item }],
    provider: 'dummy',
    method: 'dummy',
    ...replaced,
  };
}

const initiate = (orderId: string, body: Json = paymentBody(), headers = {}) =>
  ping.call('POST', `/payment_orders/${orderId}/payments`, body, headers);

describe('a payment order', () => {
  for (const currency of ['SEK', 'NOK', 'EUR', 'GBP', 'DKK'])
    it(`is opened in ${currency}, with what the shop wants split told again as given`, async () => {
      const given = { currency, split_tree_id: 'tree-1', split_parameters: { clinic: { share: 0.8 } } };
      const { status, body } = await ping.call('POST', '/payment_orders', given);
      assert.equal(status, 200);
      const order = (await ping.call('GET', `/payment_orders/${body.id}`)).body;
      const { id, created_at, ...rest } = order;
      assert.equal(id, body.id);
      assert.match(created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
      assert.deepEqual(rest, { ...given, status: 'OPEN', payments: [] });
    });

  const refused: readonly [body: Json, error: string, property: string][] = [
    [{}, 'missing_field', 'currency'],
    [{ currency: 'USD' }, 'invalid_enum', 'currency'],
    [{ currency: 'sek' }, 'invalid_enum', 'currency'],
    [{ currency: null }, 'invalid_enum', 'currency'],
    [{ currency: 'SEK', split_tree_id: 17 }, 'invalid_type', 'split_tree_id'],
    [{ currency: 'SEK', split_parameters: [] }, 'invalid_type', 'split_parameters'],
  ];
  for (const [body, error, property] of refused)
    it(`asked for with ${JSON.stringify(body)} is a 422`, async () => {
      assertError(await ping.call('POST', '/payment_orders', body), 422, error, property);
    });

  const calls: readonly [method: string, path: string][] = [
    ['GET', ''],
    ['PUT', '/close'],
    ['POST', '/payments'],
    ['GET', `/payments/${randomUUID()}`],
  ];
  for (const [method, path] of calls)
    it(`that is unknown or another tenant’s is a 404 on ${method} ${path.slice(0, 9) || '/'}, word for word the same`, async () => {
      const foreign = await pingClient(app, 1).createOrder();
      const ask = (id: string) =>
        ping.call(method, `/payment_orders/${id}${path}`, method === 'POST' ? paymentBody() : undefined);
      const unknown = await ask(randomUUID());
      assertError(unknown, 404, 'not_found', null);
      for (const id of [nil, foreign]) {
        const answer = await ask(id);
        assert.deepEqual([answer.status, answer.text], [unknown.status, unknown.text]);
      }
      assertError(await ask('mine'), 422, 'invalid_format', 'order_id');
    });

  it('that is closed takes no new payment, and one under way still completes', async () => {
    const orderId = await ping.createOrder();
    const card = { provider: 'verifone', method: 'card' };
    const { body } = await initiate(orderId, paymentBody(card));
    assert.equal((await ping.call('PUT', `/payment_orders/${orderId}/close`)).status, 204);
    assertError(await initiate(orderId), 403, 'payment_order_closed', null);
    await payOnPage(body.provider_method_response.redirect_url, '4111111111111111');
    const order = (await ping.call('GET', `/payment_orders/${orderId}`)).body;
    assert.deepEqual([order.status, order.payments[0].status], ['CLOSED', 'COMPLETED']);
  });
});

describe('a payment', () => {
  let orderId: string;
  before(async () => {
    orderId = await ping.createOrder();
  });

  const refused: readonly [title: string, replaced: Json, item: Json, error: string, property: string][] = [
    ['another total', { total_amount: 14_001 }, {}, 'out_of_range', 'total_amount'],
    ['a total of nothing', { total_amount: 0 }, {}, 'out_of_range', 'total_amount'],
    ['an amount in text', { total_amount: '14000' }, {}, 'invalid_type', 'total_amount'],
    ['a fraction of an öre', {}, { amount: 0.5 }, 'invalid_type', 'order_items.0.amount'],
    ['another currency than its order', { currency: 'EUR' }, {}, 'invalid_enum', 'currency'],
    ['an unknown currency', { currency: 'USD' }, {}, 'invalid_enum', 'currency'],
    ['an unknown provider', { provider: 'paypal' }, {}, 'invalid_enum', 'provider'],
    ['an unknown method', { method: 'cash' }, {}, 'invalid_enum', 'method'],
    ['no items', { order_items: [] }, {}, 'out_of_range', 'order_items'],
    ['an item for nobody', {}, { merchant_id: undefined }, 'missing_field', 'order_items.0.merchant_id'],
    ['an item for two', {}, { liquidity_account_id: 'L' }, 'missing_field', 'order_items.0.merchant_id'],
    ['VAT of a hundred percent', {}, { vat_rate: 100 }, 'out_of_range', 'order_items.0.vat_rate'],
    [
      'an unknown wish',
      { provider_method_parameters: { desired_payment_status: 'RICH' } },
      {},
      'invalid_enum',
      'provider_method_parameters.desired_payment_status',
    ],
    [
      'a way back that is a script',
      { provider_method_parameters: { success_url: 'javascript:alert(1)' } },
      {},
      'invalid_format',
      'provider_method_parameters.success_url',
    ],
    [
      'a callback into our network',
      { status_callback_url: 'https://10.0.0.1/' },
      {},
      'invalid_format',
      'status_callback_url',
    ],
  ];
  for (const [title, replaced, item, error, property] of refused)
    it(`with ${title} is a 422 on ${property}`, async () => {
      assertError(await initiate(orderId, paymentBody(replaced, item)), 422, error, property);
    });

  it('by a method that is not active is a 403', async () => {
    const body = paymentBody({ provider: 'billmate', method: 'invoice' });
    assertError(await initiate(orderId, body), 403, 'operation_forbidden', null);
  });

  it('of another order, of another tenant, or of nobody is the same 404', async () => {
    const other = await ping.createOrder();
    const { body } = await initiate(other);
    const unknown = await ping.call('GET', `/payment_orders/${orderId}/payments/${randomUUID()}`);
    const misplaced = await ping.call('GET', `/payment_orders/${orderId}/payments/${body.id}`);
    const foreign = await pingClient(app, 1).call('GET', `/payment_orders/${other}/payments/${body.id}`);
    for (const answer of [unknown, misplaced, foreign]) {
      assert.equal(answer.status, 404);
      assert.equal(answer.text, unknown.text);
    }
  });

  const wishes: Readonly<Record<string, readonly string[]>> = {
    COMPLETED: ['INITIATED', 'COMPLETED'],
    PENDING: ['INITIATED', 'PENDING'],
    DECLINED: ['INITIATED', 'DECLINED'],
    ABORTED: ['INITIATED', 'ABORTED'],
    CANCELLED: ['INITIATED', 'ABORTED'],
    EXPIRED: ['INITIATED', 'EXPIRED'],
    CRASHED: ['INITIATED', 'CRASHED'],
  };
  for (const [wish, history] of Object.entries(wishes))
    it(`by dummy that is to become ${wish} goes ${history.join(', ')}`, async () => {
      const wished = { provider_method_parameters: { desired_payment_status: wish } };
      const { body } = await initiate(orderId, paymentBody(wished));
      assert.deepEqual(body.provider_method_response, {});
      const payment = (await ping.call('GET', `/payment_orders/${orderId}/payments/${body.id}`)).body;
      assert.deepEqual(
        payment.status_history.map((one: Json) => one.status),
        history,
      );
      assert.equal(payment.status, history.at(-1));
    });

  it('by card is PENDING with an address for the payer, who comes back to the shop’s own page', async () => {
    const urls = { success_url: 'https://shop.example/thanks', cancel_url: 'https://shop.example/sorry' };
    const card = { provider: 'verifone', method: 'card', provider_method_parameters: urls };
    const { body } = await initiate(orderId, paymentBody(card));
    const address = body.provider_method_response.redirect_url;
    assert.ok(address.startsWith(`${app.simulatorUrl}/pxmi3/`));
    const form = {
      CardNumber: '4111111111111111',
      CardHolderName: 'B',
      DateExpiry: '1239',
      Cvc2: '123',
      action: 'pay',
    };
    const paid = await fetch(address, {
      method: 'POST',
      body: new URLSearchParams(form),
      redirect: 'manual',
    });
    const back = await fetch(paid.headers.get('location') ?? '', { redirect: 'manual' });
    assert.deepEqual([back.status, back.headers.get('location')], [303, urls.success_url]);
  });

  it('tells a refund with its amount and moment', async () => {
    const { body } = await initiate(orderId);
    const refund = await fetch(`${app.url}/v1/payments/${body.id}/refunds`, {
      method: 'POST',
      headers: { ...app.native(), 'content-type': 'application/json' },
      body: JSON.stringify({ amount: 4_000 }),
    });
    assert.equal(refund.status, 201);
    const payment = (await ping.call('GET', `/payment_orders/${orderId}/payments/${body.id}`)).body;
    assert.equal(payment.status, 'COMPLETED');
    assert.deepEqual(payment.refunds, [payment.refund]);
    assert.equal(payment.refund.amount, 4_000);
    assert.match(payment.refund.refunded_at, /\.\d{6}Z$/);
  });
});
