/** What the vendor's own tests say of payment links (facts A3), by the front door. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type Answer, type Json, linkBody, type PingClient, pingClient } from '#test/support/ping-client.ts';

let app: TestApp;
let ping: PingClient;
let orderId: string;

before(async () => {
  app = await startTestApp();
  ping = pingClient(app);
  orderId = await ping.createOrder();
});
after(() => app.stop());

const nil = '00000000-0000-0000-0000-000000000000';
const dummy = { provider: 'dummy', method: 'dummy' };

/** Asserts one error: its status, the word, and where it is. */
function assertError(answer: Answer, status: number, error: string, property: string | null): void {
  assert.equal(answer.status, status, answer.text);
  const [first] = answer.body.errors;
  assert.deepEqual([first.error, first.property], [error, property], answer.text);
}

/** The SDK's shape, complete. */
function sdkBody(): Json {
  const { language: _, ...body } = linkBody(orderId);
  const merchantId = app.tenants[0]?.merchantId;
  return {
    ...body,
    locale: 'sv-SE',
    currency: 'SEK',
    supplier: { name: 'Pizzeria' },
    items: body.items.map((item) => ({ ...item, vat: 12, merchant_id: merchantId })),
  };
}

/** The body with one dotted property taken out, or set. */
function change(body: Json, path: string, value?: unknown): Json {
  const copy = structuredClone(body);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce((at: Json, key) => at[key], copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

describe('creating a payment link', () => {
  const required = [
    'customer',
    'customer.first_name',
    'customer.last_name',
    'items',
    'items.0.description',
    'items.0.price',
    'items.0.quantity',
    'items.0.vat',
    'items.0.merchant_id',
    'locale',
    'payment_order_id',
    'payment_provider_methods',
    'payment_provider_methods.0.provider',
    'supplier',
    'supplier.name',
    'currency',
    'total_amount',
  ];
  for (const property of required)
    it(`in the later shape without ${property} is a 422 that names it`, async () => {
      const answer = await ping.call('POST', '/payment_links', change(sdkBody(), property));
      assertError(answer, 422, 'missing_field', property);
    });

  it('names everything that is wrong at once', async () => {
    const body = change(change(sdkBody(), 'customer.first_name'), 'total_amount', '14000');
    const { status, body: told } = await ping.call('POST', '/payment_links', body);
    assert.equal(status, 422);
    const places = told.errors.map((error: Json) => `${error.property} ${error.error}`);
    assert.deepEqual(places.toSorted(), ['customer.first_name missing_field', 'total_amount invalid_type']);
  });

  const refused: readonly [property: string, value: unknown, error: string][] = [
    ['total_amount', '14000', 'invalid_type'],
    ['total_amount', 140.5, 'invalid_type'],
    ['total_amount', -1, 'out_of_range'],
    ['total_amount', 1_000_000_000_001, 'out_of_range'],
    ['items', [], 'out_of_range'],
    ['items.0.quantity', 0, 'out_of_range'],
    ['items.0.vat', 100, 'out_of_range'],
    ['items.0.merchant_id', 'me', 'invalid_format'],
    ['customer.email', 'nobody', 'invalid_format'],
    ['customer.phone', '12', 'invalid_format'],
    ['due_date', '2031-02-30', 'invalid_format'],
    ['due_date', '2031-2-3', 'invalid_format'],
    ['currency', 'USD', 'invalid_enum'],
    ['currency', 'EUR', 'invalid_enum'],
    ['locale', 'fr-FR', 'invalid_enum'],
    ['logo_image_link', 'javascript:alert(1)', 'invalid_format'],
    ['checkout_success_url', '//elsewhere', 'invalid_format'],
    ['payment_link_status_callback_url', 'http://169.254.169.254/', 'invalid_format'],
    ['payment_link_status_callback_url', 'https://user:secret@example.com/', 'invalid_format'],
    ['payment_order_id', 'mine', 'invalid_format'],
  ];
  for (const [property, value, error] of refused)
    it(`with ${property} ${JSON.stringify(value)} is a 422`, async () => {
      const answer = await ping.call('POST', '/payment_links', change(sdkBody(), property, value));
      assertError(answer, 422, error, property);
    });

  const forbidden: readonly [title: string, property: string, value: () => unknown, error: string][] = [
    ['no payment method', 'payment_provider_methods', () => [], 'operation_forbidden'],
    [
      'a method that is not active',
      'payment_provider_methods',
      () => [{ provider: 'billmate', method: 'invoice' }],
      'operation_forbidden',
    ],
    ['another total than the sum of the items', 'total_amount', () => 13_999, 'total_amount_mismatch'],
    ['an unknown order', 'payment_order_id', () => randomUUID(), 'operation_forbidden'],
    ['the nil order', 'payment_order_id', () => nil, 'operation_forbidden'],
    [
      'another tenant’s order',
      'payment_order_id',
      () => pingClient(app, 1).createOrder(),
      'operation_forbidden',
    ],
  ];
  for (const [title, property, value, error] of forbidden)
    it(`with ${title} is a 403`, async () => {
      const answer = await ping.call('POST', '/payment_links', change(sdkBody(), property, await value()));
      assertError(answer, 403, error, null);
    });

  it('in a closed order is a 403 that says so', async () => {
    const closed = await ping.createOrder();
    await ping.call('PUT', `/payment_orders/${closed}/close`);
    const answer = await ping.call('POST', '/payment_links', change(sdkBody(), 'payment_order_id', closed));
    assertError(answer, 403, 'payment_order_closed', null);
  });

  it('takes VAT as a fraction and as a percentage, keeps it as it was given, and shows the payer the same', async () => {
    const pages = [];
    for (const vat of [0.12, 12]) {
      const { id, checkoutUrl } = await ping.createLink({
        items: [{ description: 'Pizza', price: 14_000, quantity: 1, vat }],
      });
      const { body } = await ping.call('GET', `/payment_links/${id}`);
      assert.equal(body.items[0].vat, vat);
      pages.push(await (await fetch(checkoutUrl)).text());
    }
    for (const page of pages) assert.match(page, /of which VAT 12%[\s\S]*15\.00/);
  });

  it('takes a due date that is past: the bill is overdue, and can be paid for a while', async () => {
    const { id, checkoutUrl } = await ping.createLink({ due_date: '2022-03-25' });
    const { body } = await ping.call('GET', `/payment_links/${id}`);
    assert.deepEqual([body.due_date, body.status], ['2022-03-25', 'CREATED']);
    assert.match(await (await fetch(checkoutUrl)).text(), /25 March 2022/);
  });
});

describe('a payment link', () => {
  it('is told alone as it is told in the list, which is a bare array, newest first, cut at the limit', async () => {
    const links = [await ping.createLink(), await ping.createLink()];
    const list = await ping.call('GET', '/payment_links?limit=2');
    const alone = await Promise.all(links.map(({ id }) => ping.call('GET', `/payment_links/${id}`)));
    assert.deepEqual(list.body, alone.map(({ body }) => body).toReversed());
  });

  const calls: readonly [method: string, path: string, body?: unknown][] = [
    ['GET', ''],
    ['PUT', '/cancel'],
    ['PUT', '/distribute', { methods: ['sms'] }],
    ['GET', '/receipt'],
    ['PUT', '/invoice', { reference_type: 'OCR' }],
    ['GET', '/invoice'],
    ['POST', '/payments', dummy],
  ];
  for (const [method, path, body] of calls)
    it(`that is unknown or another tenant’s is a 404 on ${method} ${path || '/'}, word for word the same`, async () => {
      const foreign = await pingClient(app, 1).createLink();
      const ask = (id: string) => ping.call(method, `/payment_links/${id}${path}`, body);
      const unknown = await ask(randomUUID());
      assertError(unknown, 404, 'not_found', null);
      for (const id of [nil, foreign.id]) {
        const answer = await ask(id);
        assert.deepEqual([answer.status, answer.text], [unknown.status, unknown.text]);
      }
      assertError(await ask('mine'), 422, 'invalid_format', 'id');
    });

  it('is found by its id in capitals', async () => {
    const { id } = await ping.createLink();
    assert.equal((await ping.call('GET', `/payment_links/${id.toUpperCase()}`)).body.payment_link_id, id);
  });

  it('is cancelled once: a second time, a message or a payment after it is a 403', async () => {
    const { id } = await ping.createLink();
    const cancel = () => ping.call('PUT', `/payment_links/${id}/cancel`, {});
    const cancelled = await cancel();
    assert.deepEqual([cancelled.status, cancelled.text], [204, '']);
    assertError(await cancel(), 403, 'operation_forbidden', null);
    const sent = await ping.call('PUT', `/payment_links/${id}/distribute`, { methods: ['sms'] });
    assertError(sent, 403, 'operation_forbidden', null);
    assertError(
      await ping.call('POST', `/payment_links/${id}/payments`, dummy),
      403,
      'operation_forbidden',
      null,
    );
    assert.equal((await ping.call('GET', `/payment_links/${id}`)).body.status, 'CANCELLED');
  });

  it('cannot be cancelled while its payment is under way', async () => {
    const { id } = await ping.createLink();
    await ping.call('POST', `/payment_links/${id}/payments`, { provider: 'verifone', method: 'card' });
    assertError(await ping.call('PUT', `/payment_links/${id}/cancel`), 403, 'operation_forbidden', null);
  });

  const undeliverable: readonly [
    title: string,
    body: unknown,
    customer: unknown,
    error: string,
    property: string,
  ][] = [
    ['nothing', undefined, {}, 'null_value', 'body'],
    ['an empty body', {}, {}, 'missing_field', 'methods'],
    ['no method', { methods: [] }, {}, 'out_of_range', 'methods'],
    ['a pigeon', { methods: ['pigeon'] }, {}, 'invalid_enum', 'methods.0'],
    ['an SMS to nobody', { methods: ['sms'] }, {}, 'missing_field', 'customer_phone'],
    [
      'an SMS to nonsense',
      { methods: ['sms'], customer_phone: '12' },
      {},
      'invalid_format',
      'customer_phone',
    ],
    ['an e-mail to nobody', { methods: ['email'] }, {}, 'missing_field', 'customer_email'],
  ];
  for (const [title, body, customer, error, property] of undeliverable)
    it(`distributed with ${title} is a 422`, async () => {
      const person = { first_name: 'Bertil', last_name: 'Jönsson', ...(customer as object) };
      const { id } = await ping.createLink({ customer: person });
      assertError(await ping.call('PUT', `/payment_links/${id}/distribute`, body), 422, error, property);
      assert.equal((await ping.call('GET', `/payment_links/${id}`)).body.sms_status, 'NOT_CREATED');
    });

  it('is sent to whom the request names instead of its customer, and says that it was', async () => {
    const { id, checkoutUrl } = await ping.createLink();
    const body = {
      methods: ['sms', 'email'],
      customer_phone: '0707654321',
      customer_email: 'anna@example.com',
    };
    assert.equal((await ping.call('PUT', `/payment_links/${id}/distribute`, body)).status, 204);
    await app.app.core.work.drain(app.tenants[0]?.tenant.id ?? ('' as never));
    const link = (await ping.call('GET', `/payment_links/${id}`)).body;
    assert.deepEqual([link.sms_status, link.distributed_by_email], ['DELIVERED', true]);
    const answer = await fetch(`${app.url}/v1/messages?limit=2`, { headers: app.native() });
    const { data } = (await answer.json()) as Json;
    assert.deepEqual(data.map((message: Json) => message.to).toSorted(), [
      '+46707654321',
      'anna@example.com',
    ]);
    for (const message of data) assert.ok(message.text.includes(checkoutUrl));
  });

  it('is not paid by a method it does not offer, nor in an order that is closed', async () => {
    const { id, orderId: own } = await ping.createLink({ payment_provider_methods: [dummy] });
    const pay = (method: Json) => ping.call('POST', `/payment_links/${id}/payments`, method);
    assertError(await pay({ provider: 'verifone', method: 'card' }), 403, 'operation_forbidden', null);
    await ping.call('PUT', `/payment_orders/${own}/close`);
    assertError(await pay(dummy), 403, 'payment_order_closed', null);
  });

  it('answers the payment under way to whoever pays again by the same method', async () => {
    const { id } = await ping.createLink();
    const pay = (method: Json) => ping.call('POST', `/payment_links/${id}/payments`, method);
    const card = { provider: 'verifone', method: 'card' };
    const [first, second] = [await pay(card), await pay(card)];
    assert.match(first.body.provider_method_response.redirect_url, /\/pxmi3\//);
    assert.deepEqual(second.body, first.body);
    assertError(await pay(dummy), 403, 'operation_forbidden', null);
  });
});
