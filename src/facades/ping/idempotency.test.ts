/** Decision 2: a request that had an effect may be sent again under its key, and has it once. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type Answer, type Json, linkBody, type PingClient, pingClient } from '#test/support/ping-client.ts';

let app: TestApp;
let ping: PingClient;
before(async () => {
  app = await startTestApp();
  ping = pingClient(app);
});
after(() => app.stop());

const dummy = { provider: 'dummy', method: 'dummy' };

interface Call {
  readonly title: string;
  /** Makes what the call needs, and answers its path and two bodies that differ. */
  prepare(): Promise<{ method: string; path: string; body: Json; other: Json }>;
}

const calls: readonly Call[] = [
  {
    title: 'opening an order',
    prepare: async () => ({
      method: 'POST',
      path: '/payment_orders',
      body: { currency: 'SEK' },
      other: { currency: 'NOK' },
    }),
  },
  {
    title: 'creating a link',
    prepare: async () => {
      const body = linkBody(await ping.createOrder());
      return { method: 'POST', path: '/payment_links', body, other: { ...body, language: 'SE' } };
    },
  },
  {
    title: 'paying a link',
    prepare: async () => {
      const { id } = await ping.createLink();
      const other = { provider: 'verifone', method: 'card' };
      return { method: 'POST', path: `/payment_links/${id}/payments`, body: dummy, other };
    },
  },
  {
    title: 'initiating a payment',
    prepare: async () => {
      const item = { amount: 5_000, name: 'Visit', vat_rate: 25, merchant_id: app.tenants[0]?.merchantId };
      const body = { currency: 'SEK', total_amount: 5_000, order_items: [item], ...dummy };
      const path = `/payment_orders/${await ping.createOrder()}/payments`;
      return { method: 'POST', path, body, other: { ...body, metadata: { a: 1 } } };
    },
  },
  {
    title: 'distributing a link',
    prepare: async () => {
      const { id } = await ping.createLink();
      const path = `/payment_links/${id}/distribute`;
      return { method: 'PUT', path, body: { methods: ['sms'] }, other: { methods: ['email'] } };
    },
  },
];

/** Bodies with their properties the other way round say the same. */
const reversed = (body: Json): Json => Object.fromEntries(Object.entries(body).reverse());

const errorOf = ({ body }: Answer): string => body.errors[0].error;

async function count(what: 'messages' | 'payments' | 'links'): Promise<number> {
  const answer = await fetch(`${app.url}/v1/${what}?limit=200`, { headers: app.native() });
  return ((await answer.json()) as Json).data.length;
}

describe('under one Idempotency-Key', () => {
  for (const { title, prepare } of calls)
    it(`${title} happens once, and is answered the same again`, async () => {
      const { method, path, body, other } = await prepare();
      const headers = { 'idempotency-key': randomUUID() };
      const first = await ping.call(method, path, body, headers);
      assert.ok([200, 204].includes(first.status), first.text);
      assert.equal(first.headers.get('idempotent-replayed'), null);
      const counts = await Promise.all([count('messages'), count('payments'), count('links')]);
      for (const again of [body, reversed(body)]) {
        const second = await ping.call(method, path, again, headers);
        assert.deepEqual([second.status, second.text], [first.status, first.text]);
        assert.equal(second.headers.get('idempotent-replayed'), 'true');
      }
      const mismatch = await ping.call(method, path, other, headers);
      assert.deepEqual([mismatch.status, errorOf(mismatch)], [422, 'idempotency_mismatch']);
      assert.deepEqual(await Promise.all([count('messages'), count('payments'), count('links')]), counts);
    });

  for (const { title, prepare } of calls)
    it(`${title} eight times at once happens once`, async () => {
      const { method, path, body } = await prepare();
      const headers = { 'idempotency-key': randomUUID() };
      const sent = Array.from({ length: 8 }, () => ping.call(method, path, body, headers));
      const answers = await Promise.all(sent);
      const done = answers.filter(({ status }) => status < 300);
      assert.equal(new Set(done.map(({ text }) => text)).size, 1);
      assert.equal(done.filter((answer) => answer.headers.get('idempotent-replayed') === null).length, 1);
      for (const answer of answers)
        if (!done.includes(answer)) assert.equal(errorOf(answer), 'idempotency_in_flight');
    });

  it('a request that was refused may be put right: 422, 403, 404 and 401 are not kept', async () => {
    const { method, path, body } = (await calls[1]?.prepare()) ?? assert.fail();
    const headers = { 'idempotency-key': randomUUID() };
    const wrong: readonly [status: number, path: string, body: Json, headers: Record<string, string>][] = [
      [422, path, { ...body, total_amount: '1' }, headers],
      [403, path, { ...body, total_amount: 1 }, headers],
      [403, path, { ...body, payment_order_id: randomUUID() }, headers],
      [401, path, body, { ...headers, 'x-api-secret': 'wrong' }],
    ];
    for (const [status, ...request] of wrong)
      assert.equal((await ping.call(method, ...request)).status, status);
    const right = await ping.call(method, path, body, headers);
    assert.equal(right.status, 200);
    assert.equal(right.headers.get('idempotent-replayed'), null);
  });

  it('another route and another tenant do something of their own', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const mine = await ping.call('POST', '/payment_orders', { currency: 'SEK' }, headers);
    const theirs = await pingClient(app, 1).call('POST', '/payment_orders', { currency: 'SEK' }, headers);
    const link = await ping.call('POST', '/payment_links', linkBody(mine.body.id), headers);
    assert.notEqual(theirs.body.id, mine.body.id);
    assert.equal(link.status, 200);
  });
});
