/** What programs outside rely on to start with a running demo, find their way in it, and check it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { openDemoShop, type Shop, type Wire } from '#test/support/shop.ts';

let app: TestApp;
let demo: Wire;
let shop: Shop;

before(async () => {
  app = await startTestApp();
  demo = await (await fetch(`${app.url}/demo.json`)).json();
  shop = await openDemoShop(() => app.url);
});
after(() => app.stop());

const nobody = '00000000-0000-4000-8000-000000000000';

/** For each entry of a tenant: a read that its headers open, and what it answers with them. */
const probes: Readonly<Record<string, { path: string; status: number; more: readonly string[] }>> = {
  native: { path: '/tenant', status: 200, more: [] },
  ping: { path: '/payment_links', status: 200, more: ['merchantId'] },
  provetPayments: { path: `/client/${nobody}`, status: 404, more: [] },
  provetCloud: {
    path: '/department/',
    status: 200,
    more: [
      'tokenUrl',
      'clientId',
      'clientSecret',
      'department',
      'departmentWithoutProvetPay',
      'user',
      'practiceClientId',
      'invoice',
    ],
  },
  hihealth: {
    path: '/payments/01F8VPPRANKR4418TWW97QQGEH',
    status: 404,
    more: ['merchantId', 'checkout', 'jwks', 'certificate'],
  },
  optum: {
    path: `/payments/${nobody.replaceAll('-', '')}`,
    status: 404,
    more: ['tenantId', 'tokenUrl', 'clientId', 'clientSecret'],
  },
  optumHold: { path: `/payments/${nobody.replaceAll('-', '')}`, status: 404, more: ['tenantId'] },
};

describe('/demo.json', () => {
  it('has two tenants with the same entries, each with its own credentials', () => {
    assert.deepEqual(Object.keys(demo), ['url', 'simulator', 'tenants']);
    const [one, two] = demo.tenants;
    assert.deepEqual([one.name, two.name, demo.tenants.length], ['Demo One', 'Demo Two', 2]);
    assert.deepEqual(Object.keys(one), Object.keys(two));
    for (const name of Object.keys(one).filter((key) => key !== 'name')) {
      assert.notDeepEqual(one[name].headers, two[name].headers, name);
      for (const key of ['base', 'headers', ...(probes[name]?.more ?? ['a probe above'])])
        assert.notEqual(one[name][key], undefined, `${name}.${key}`);
    }
  });

  it('opens every façade it names, which nobody enters without', async () => {
    for (const tenant of demo.tenants)
      for (const [name, { base, headers }] of Object.entries<Wire>(tenant).filter(
        ([key]) => key !== 'name',
      )) {
        const { path, status } = probes[name] ?? { path: '', status: 0 };
        const opened = await fetch(`${base}${path}`, { headers });
        assert.equal(opened.status, status, `${name}: ${await opened.text()}`);
        assert.equal((await fetch(`${base}${path}`)).status, 401, name);
      }
  });
});

describe('every answer', () => {
  it('keeps a browser from guessing what it is, framing it, and coming back without TLS', async () => {
    for (const path of ['/healthz', '/nowhere', '/api/v1/payment_links', '/api/v1/nowhere', '/pay/nobody']) {
      const { headers } = await fetch(`${app.url}${path}`);
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
      assert.equal(headers.get('x-frame-options'), 'SAMEORIGIN', path);
      assert.equal(headers.get('strict-transport-security'), 'max-age=31536000; includeSubDomains', path);
      assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin', path);
      assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/, path);
    }
  });
});

/** In the order of the catalogue of a processor's bad days. */
const faults = [
  ...['refuse', 'hang', 'act-then-reset', 'act-then-delay', 'act-then-500', 'error-500', 'act-then-garble'],
  ...['wrong-shape', 'other-answer', 'duplicate-callbacks', 'callback-first', 'shuffle-callbacks'],
  ...['status-lags', 'status-flaky', 'decline', 'status-required'],
];

describe('the simulators', () => {
  const post = (body: unknown) =>
    fetch(`${demo.simulator}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('take every kind of fault on demand, and forget them all', async () => {
    for (const kind of faults)
      assert.equal(
        (await post({ kind, times: 1, connector: 'windcave', rate: 0.3, seed: 1 })).status,
        201,
        kind,
      );
    assert.equal((await post({ kind: 'earthquake' })).status, 400);
    assert.equal((await fetch(`${demo.simulator}/faults`, { method: 'DELETE' })).status, 204);
    assert.deepEqual(await (await fetch(`${demo.simulator}/faults`)).json(), { data: [] });
  });

  it('keep a book of what moved under which of our references, oldest first', async () => {
    await payByCard();
    const { data } = (await (await fetch(`${demo.simulator}/book`)).json()) as Wire;
    const row = data.find((one: Wire) => one.kind === 'purchase');
    assert.deepEqual(
      [row.connector, row.amount, row.currency, row.outcome, row.code],
      ['windcave', 10_000, 'SEK', 'approved', '00'],
    );
    assert.match(row.at, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    assert.ok(row.reference.length > 0 && row.processorReference.length > 0);
    const sequences = data.map(({ sequence }: Wire) => sequence);
    assert.deepEqual(
      sequences,
      sequences.toSorted((a: number, b: number) => a - b),
    );
  });
});

/** Pays a link of 100.00 by card, as a payer without JavaScript does; answers link and payment. */
async function payByCard(): Promise<{ linkId: string; paymentId: string; checkoutUrl: string }> {
  const order = await shop.createOrder();
  const { body: made } = await shop.createLink({ orderId: order.body.id, amount: 10_000 });
  await shop.visit(await shop.enterCard(await shop.pressPay(made.checkout_url, 'card')));
  const { body: link } = await shop.link(made.id);
  return { linkId: made.id, paymentId: link.paymentId, checkoutUrl: made.checkout_url };
}

describe('the native helpers', () => {
  const ask = async (method: string, path: string, body?: unknown) => {
    const { base, headers } = demo.tenants[0].native;
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Wire };
  };

  it('turn the test clock by a duration or to an instant, and tell it', async () => {
    const { body: before } = await ask('GET', '/test-clock');
    const by = await ask('POST', '/test-clock/advance', { by: 'P1D' });
    assert.equal(by.status, 200);
    assert.ok(Date.parse(by.body.now) - Date.parse(before.now) >= 86_400_000);
    const to = new Date(Date.parse(by.body.now) + 60_000).toISOString();
    const advanced = await ask('POST', '/test-clock/advance', { to });
    assert.ok(Date.parse(advanced.body.now) >= Date.parse(to));
  });

  it('refund any payment, and show it, the messages, the events and the audit', async () => {
    const { paymentId } = await payByCard();
    const refund = await ask('POST', `/payments/${paymentId}/refunds`, { amount: 2_500 });
    assert.equal(refund.status, 201, JSON.stringify(refund.body));
    assert.equal((await ask('GET', `/payments/${paymentId}`)).body.refunded, 2_500);
    const messages = await ask('GET', '/messages?limit=5');
    assert.ok(Array.isArray(messages.body.data));
    const { body: events } = await ask('GET', '/events?limit=3');
    for (const event of events.data)
      for (const key of ['id', 'sequence', 'type', 'subject', 'createdAt', 'data'])
        assert.notEqual(event[key], undefined, key);
    const next = await ask('GET', `/events?after=${events.data[0].id}&limit=2`);
    assert.deepEqual(
      next.body.data.map(({ id }: Wire) => id),
      events.data.slice(1).map(({ id }: Wire) => id),
    );
    const { body: audit } = await ask('GET', '/audit');
    assert.equal(audit.ok, true);
    const ids = audit.checks.map(({ id }: Wire) => id);
    assert.equal(new Set(ids).size, ids.length, 'each invariant has a name of its own');
    for (const check of audit.checks)
      assert.deepEqual([typeof check.id, check.ok, check.rows], ['string', true, 0]);
  });
});

describe('a checkout address', () => {
  it('can be got as often as anybody likes, and has a form for each method', async () => {
    const order = await shop.createOrder();
    const { body: made } = await shop.createLink({ orderId: order.body.id, amount: 10_000 });
    const before = (await shop.link(made.id)).body;
    for (let visit = 0; visit < 3; visit += 1) assert.equal(await shop.visit(made.checkout_url), 200);
    assert.deepEqual((await shop.link(made.id)).body, before);
    const page = await (await fetch(made.checkout_url)).text();
    const forms = page.match(/<form[\s\S]*?<\/form>/g) ?? [];
    const methods = forms.flatMap(
      (form) => /<button[^>]*name="method"[^>]*value="(\w+)"/.exec(form)?.[1] ?? [],
    );
    assert.ok(methods.includes('card'), page);
    assert.equal(new Set(methods).size, methods.length, 'one form for each method');
  });
});
