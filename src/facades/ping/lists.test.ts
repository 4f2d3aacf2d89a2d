/** How lists are told in each version of the API, filtered and paged (facts A6, decision 10). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { startCallbackReceiver } from '#test/support/callback-receiver.ts';
import { type Json, sendJson } from '#test/support/ping-client.ts';
import { assertPingError, type Orders, pingOrders } from '#test/support/ping-orders.ts';

let app: TestApp;
let orders: Orders;
const orderIds: string[] = [];
before(async () => {
  app = await startTestApp();
  orders = pingOrders(app);
  for (const wish of ['COMPLETED', 'DECLINED', 'COMPLETED', 'COMPLETED', 'COMPLETED']) {
    const orderId = await orders.open();
    await orders.pay(orderId, [{ amount: 1_000, merchant_id: orders.mine() }], wish);
    orderIds.unshift(orderId);
  }
  await orders.put(orderIds[0] ?? '', 'settle', { fast_forward: true });
});
after(() => app.stop());

const paged = { 'x-api-version': '2025-03-06' };
const list = (path: string, headers = {}) => orders.ping.call('GET', path, undefined, headers);
const idsOf = (rows: Json[]) => rows.map((one) => one.id);

describe('a list', () => {
  const paths = ['/payment_links', '/payment_orders', '/payments', '/allocations', '/merchants'];
  for (const path of paths)
    it(`of ${path} is a bare array before 2025-03-06, and a page since`, async () => {
      for (const headers of [{}, { 'x-api-version': '2025-03-05' }])
        assert.ok(Array.isArray((await list(path, headers)).body));
      for (const version of ['2025-03-06', '2025-12-09']) {
        const { body } = await list(path, { 'x-api-version': version });
        assert.deepEqual(Object.keys(body).toSorted(), ['_links', 'data']);
        assert.deepEqual(Object.keys(body._links).toSorted(), ['current', 'first', 'next', 'previous']);
        assert.deepEqual([body._links.previous, body._links.next], [null, null]);
      }
    });

  for (const path of [...paths, '/disbursements', '/payouts'])
    it(`of ${path} has 1 to 200 rows, and tells what cannot be a limit`, async () => {
      assert.equal((await list(`${path}?limit=200`)).status, 200);
      for (const limit of ['0', '201', '-1', '1.5', 'all', ''])
        assertPingError(await list(`${path}?limit=${limit}`), 422, 'invalid_format');
    });

  for (const path of ['/disbursements', '/payouts'])
    it(`of ${path} is a bare array in every version`, async () => {
      assert.equal((await list(path, paged)).body.length, 1);
    });

  it('leads by its links through all rows, there and back', async () => {
    const follow = async (href: string) => (await sendJson(href, 'GET', { ...app.ping(), ...paged })).body;
    let page = (await list('/payment_orders?limit=2', paged)).body;
    const there = [page];
    while (page._links.next !== null) {
      page = await follow(page._links.next.href);
      there.push(page);
    }
    assert.deepEqual(
      there.flatMap(({ data }) => idsOf(data)),
      orderIds,
    );
    const back = [page];
    while (page._links.previous !== null) {
      page = await follow(page._links.previous.href);
      back.unshift(page);
    }
    assert.deepEqual(
      back.flatMap(({ data }) => idsOf(data)),
      orderIds,
    );
    const { first, current } = there[1]._links;
    assert.deepEqual(idsOf((await follow(first.href)).data), orderIds.slice(0, 2));
    assert.deepEqual(idsOf((await follow(current.href)).data), orderIds.slice(2, 4));
  });

  it('keeps its filters from page to page', async () => {
    const { body } = await list('/payments?status=COMPLETED&limit=3', paged);
    const next = await sendJson(body._links.next.href, 'GET', { ...app.ping(), ...paged });
    assert.equal(next.body.data.length, 1);
  });

  for (const cursor of ['nonsense', Buffer.from('before/2031-01-01/x').toString('base64url')])
    it(`does not begin at ${cursor}`, async () => {
      assertPingError(await list(`/payments?cursor=${cursor}`), 422, 'invalid_format');
    });
});

describe('a list is filtered', () => {
  it('by status, order, time, provider, method and refund', async () => {
    const count = async (query: string) => (await list(query)).body.length;
    assert.equal(await count('/payment_orders?status=SETTLED'), 1);
    assert.equal(await count('/payment_orders?status=OPEN'), 4);
    assert.equal(await count('/payments?status=DECLINED'), 1);
    assert.equal(await count(`/payments?payment_order_id=${orderIds[0]}`), 1);
    assert.equal(await count('/payments?provider=dummy&method=dummy'), 5);
    assert.equal(await count('/payments?provider=swish'), 0);
    const long = 'created_at_from=2000-01-01T00:00:00Z&created_at_to=2100-01-01T00:00:00Z';
    assert.equal(await count(`/payment_orders?${long}`), 5);
    assert.equal(await count('/payment_orders?created_at_to=2000-01-01T00:00:00Z'), 0);
    assert.equal(await count('/payments?from_initiated_date_time=2100-01-01T00:00:00Z'), 0);
    const { body } = await list(`/payments?payment_order_id=${orderIds[1]}`);
    const refund = { amount: 1_000, currency: 'SEK', reason: 'other' };
    const path = `/payment_orders/${orderIds[1]}/payments/${body[0].id}/refund`;
    const answer = await orders.ping.call('POST', path, refund);
    assert.deepEqual(
      [answer.status, answer.body],
      [200, { amount: 1_000, currency: 'SEK', provider: 'dummy', status: 'COMPLETED' }],
    );
    assert.equal(await count('/payments?is_refund_requested=True'), 1);
    assert.equal(await count('/payments?is_refund_requested=false'), 4);
    assert.equal(await count(`/allocations?merchant_id=${orders.mine()}`), 1);
  });

  for (const query of [
    'created_at_from=yesterday',
    'created_at_from=2031-02-30T00:00:00Z',
    'created_at_from=2031-01-02T00:00:00Z&created_at_to=2031-01-01T00:00:00Z',
    'status=PAID',
  ])
    it(`never by ${query}`, async () => {
      assert.equal((await list(`/payment_orders?${query}`)).status, 422);
    });
});

describe('a tenant', () => {
  it('is called back about disbursements and merchants where it says, and when it pokes', async () => {
    const receiver = await startCallbackReceiver();
    try {
      const urls = {
        disbursement_callback_url: `${receiver.url}/disbursement`,
        merchant_status_callback_url: `${receiver.url}/merchant`,
      };
      assert.equal((await orders.ping.call('PUT', '/tenant', urls)).status, 204);
      const tenant = (await orders.ping.call('GET', '/tenant')).body;
      assert.equal(tenant.disbursement_callback_url, urls.disbursement_callback_url);
      assert.ok(tenant.payment_provider_methods.some((one: Json) => one.provider === 'dummy'));
      await orders.put(orderIds[2] ?? '', 'settle', { fast_forward: true });
      const merchant = await orders.addMerchant('Branch');
      assert.equal((await orders.ping.call('GET', `/merchants/${merchant}`)).body.status, 'CREATED');
      const review = `${app.url}/v1/merchants/${merchant}/status`;
      assert.equal((await sendJson(review, 'PUT', app.native(), { status: 'denied' })).status, 200);
      const poke = await orders.ping.call('POST', '/poke', { callback_url: `${receiver.url}/poke` });
      assert.equal(poke.status, 200);
      await app.app.core.work.drain(app.tenants[0]?.tenant.id ?? ('' as never));
      const told = new Map<string, Json>(receiver.received.map((one) => [one.path, JSON.parse(one.body)]));
      const [{ disbursement_id: id }] = (await orders.allocations(orderIds[2] ?? '')).body;
      assert.equal(told.get('/disbursement').id, id);
      assert.match(told.get('/disbursement').disbursed_at, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}Z$/);
      assert.deepEqual([told.get('/merchant').id, told.get('/merchant').status], [merchant, 'DENIED']);
      assert.deepEqual([told.get('/poke').id, told.get('/poke').type], [poke.body.id, 'poke']);
      const orderId = await orders.open();
      const item = { amount: 100, name: 'Visit', vat_rate: 0, merchant_id: merchant };
      const payment = {
        currency: 'SEK',
        total_amount: 100,
        order_items: [item],
        provider: 'dummy',
        method: 'dummy',
      };
      const refused = await orders.ping.call('POST', `/payment_orders/${orderId}/payments`, payment);
      assertPingError(refused, 403, 'operation_forbidden');
    } finally {
      await receiver.close();
    }
  });

  it('has a signing key that can be renewed, and is answered Pong', async () => {
    const { key } = (await orders.ping.call('GET', '/signing_key')).body;
    const { public_key: renewed } = (await orders.ping.call('POST', '/signing_key/generate')).body;
    assert.notEqual(renewed, key);
    assert.equal((await orders.ping.call('GET', '/signing_key')).body.key, renewed);
    const pong = await fetch(`${app.url}/api/v1/ping`, { headers: app.ping() });
    assert.deepEqual([pong.status, await pong.text()], [200, 'Pong']);
    assert.match(pong.headers.get('content-type') ?? '', /^text\/plain/);
  });

  const merchants: readonly [title: string, body: Json, property: string][] = [
    ['neither organisation nor person', {}, 'organization'],
    ['both', { organization: { country: 'SE' }, person: { country: 'SE' } }, 'organization'],
    [
      'no number of its country',
      { organization: { country: 'FI', se_organization_number: '1' } },
      'organization.fi_organization_number',
    ],
    [
      'a short personal number',
      { person: { country: 'SE', se_personal_identity_number: '123' } },
      'person.se_personal_identity_number',
    ],
  ];
  for (const [title, body, property] of merchants)
    it(`makes no merchant with ${title}`, async () => {
      const answer = await orders.ping.call('POST', '/merchants', { name: 'M', ...body });
      assert.equal(answer.status, 422, answer.text);
      assert.ok(
        answer.body.errors.some((one: Json) => one.property === property),
        answer.text,
      );
    });
});
