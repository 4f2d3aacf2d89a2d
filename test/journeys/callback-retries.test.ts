/** A shop whose server is down, slow to come back, or gone: what it is told, when, and in which order. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type CallbackReceiver, startCallbackReceiver } from '#test/support/callback-receiver.ts';
import { freePort } from '#test/support/free-port.ts';
import { type Json, type PingClient, payOnPage, pingClient, sendJson } from '#test/support/ping-client.ts';
import { assertAuditGreen } from './books.ts';

let app: TestApp;
let ping: PingClient;
let receiver: CallbackReceiver;

before(async () => {
  [app, receiver] = await Promise.all([startTestApp(), startCallbackReceiver()]);
  ping = pingClient(app);
});

beforeEach(() => receiver.answer(204));

after(async () => {
  await app.stop();
  await receiver.close();
});

const native = async (method: string, path: string, body?: unknown): Promise<Json> => {
  const answer = await sendJson(`${app.url}/v1${path}`, method, app.native(), body);
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
};

const turnClock = async (turn: { by: string } | { to: string }): Promise<number> =>
  Date.parse((await native('POST', '/test-clock/advance', turn)).now);

async function callbackTo(url: string): Promise<Json> {
  const { data } = await native('GET', '/callbacks?limit=200');
  return data.find((callback: Json) => callback.url === url);
}

/** Pays a link at once, and answers where the shop is told of it. */
async function payLinkToldAt(url: string): Promise<void> {
  const link = await ping.createLink({ payment_link_status_callback_url: url });
  const paid = await ping.call('POST', `/payment_links/${link.id}/payments`, {
    provider: 'dummy',
    method: 'dummy',
  });
  assert.equal(paid.status, 200);
}

async function initiate(callbackUrl: string): Promise<{ id: string; pageUrl: string }> {
  const orderId = await ping.createOrder();
  const { body } = await ping.call('POST', `/payment_orders/${orderId}/payments`, {
    currency: 'SEK',
    total_amount: 5_000,
    order_items: [{ amount: 5_000, name: 'Visit', vat_rate: 25, merchant_id: app.tenants[0]?.merchantId }],
    provider: 'verifone',
    method: 'card',
    status_callback_url: callbackUrl,
  });
  return { id: body.id, pageUrl: body.provider_method_response.redirect_url };
}

/** Seconds before the second to the tenth attempt (Standard Webhooks). */
const waitsSeconds = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

describe('a callback that the shop’s server does not take', () => {
  it('is tried ten times on the schedule of Standard Webhooks, then kept as dead, and delivered when sent again', async () => {
    const url = `${receiver.url}/failing`;
    receiver.answer(503);
    await payLinkToldAt(url);
    await receiver.waitFor('/failing');
    let earlier = Date.parse((await callbackTo(url)).createdAt);
    let now = await turnClock({ by: 'PT0S' });
    for (const [index, waitSeconds] of waitsSeconds.entries()) {
      const { status, attempts, lastStatus, dueAt } = await callbackTo(url);
      assert.deepEqual([status, attempts, lastStatus], ['pending', index + 1, 503]);
      const due = Date.parse(dueAt);
      assert.ok(due >= earlier + waitSeconds * 900, `attempt ${index + 2} comes too early`);
      assert.ok(due <= now + waitSeconds * 1_000, `attempt ${index + 2} comes too late`);
      earlier = due;
      now = await turnClock({ to: dueAt });
    }
    assert.equal((await callbackTo(url)).status, 'dead');
    await turnClock({ by: 'P7D' });
    const attempts = await receiver.waitFor('/failing', 10);
    assert.equal(attempts.length, 10);
    assert.equal(new Set(attempts.map(({ headers }) => headers['webhook-id'])).size, 1);
    assert.equal(new Set(attempts.map(({ body }) => body)).size, 1);

    receiver.answer(204);
    const { id } = await callbackTo(url);
    await native('POST', `/callbacks/${id}/resend`);
    await receiver.waitFor('/failing', 11);
    await turnClock({ by: 'PT0S' });
    assert.equal((await callbackTo(url)).status, 'delivered');
    await assertAuditGreen(app);
  });

  it('because nobody listens is delivered once somebody does', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/down`;
    await payLinkToldAt(url);
    await turnClock({ by: 'PT0S' });
    const failed = await callbackTo(url);
    assert.deepEqual([failed.status, failed.lastStatus], ['pending', null]);
    assert.match(failed.lastError, /^the connection failed: ECONNREFUSED/);
    const late = await startCallbackReceiver(port);
    await turnClock({ by: 'PT1H' });
    const [told] = await late.waitFor('/down');
    assert.equal(JSON.parse(told?.body ?? '').status, 'COMPLETED');
    assert.equal((await callbackTo(url)).status, 'delivered');
    await late.close();
  });

  it('because it is gone (410) is not tried again', async () => {
    const url = `${receiver.url}/gone`;
    receiver.answer(410);
    await payLinkToldAt(url);
    await turnClock({ by: 'P7D' });
    const given = await callbackTo(url);
    assert.deepEqual([given.status, given.attempts, given.lastStatus], ['dead', 1, 410]);
    assert.equal((await receiver.waitFor('/gone')).length, 1);
  });

  it('is told before what came after it of the same payment, and holds up no other payment', async () => {
    const url = `${receiver.url}/ordered`;
    receiver.answer(503);
    const first = await initiate(url);
    await receiver.waitFor('/ordered');
    receiver.answer(204);
    const second = await initiate(url);
    await receiver.waitFor('/ordered', 2);
    await payOnPage(first.pageUrl, '4111111111111111');
    await turnClock({ by: 'PT10M' });
    await payOnPage(second.pageUrl, '4999999999999236');
    const told = (await receiver.waitFor('/ordered', 5)).map(({ body }) => {
      const { payment_id, status } = JSON.parse(body);
      return `${payment_id === first.id ? 'first' : 'second'} ${status}`;
    });
    assert.deepEqual(told.slice(0, 2), ['first PENDING', 'second PENDING'], 'refused once, and the other’s');
    assert.deepEqual(told.slice(2, 4), ['first PENDING', 'first COMPLETED']);
    assert.deepEqual(told.slice(4), ['second DECLINED']);
  });
});
