/** What a shop is called back about, and with which words (facts A4 and A8). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type CallbackReceiver, startCallbackReceiver } from '#test/support/callback-receiver.ts';
import { type Json, type PingClient, payOnPage, pingClient, sendJson } from '#test/support/ping-client.ts';

let app: TestApp;
let ping: PingClient;
let receiver: CallbackReceiver;
before(async () => {
  [app, receiver] = await Promise.all([startTestApp(), startCallbackReceiver()]);
  ping = pingClient(app);
});
after(async () => {
  await app.stop();
  await receiver.close();
});

/** Does all that is due, so that a callback that is not there will not come. */
const settle = () => app.app.core.work.drain(app.tenants[0]?.tenant.id ?? ('' as never));

async function toldAt(path: string): Promise<Json[]> {
  await settle();
  return receiver.received.filter((one) => one.path === path).map(({ body }) => JSON.parse(body));
}

interface Initiated {
  readonly orderId: string;
  readonly id: string;
  readonly pageUrl: string;
}

async function initiate(path: string, method: Json, wish?: string): Promise<Initiated> {
  const orderId = await ping.createOrder();
  const { body } = await ping.call('POST', `/payment_orders/${orderId}/payments`, {
    currency: 'SEK',
    total_amount: 5_000,
    order_items: [{ amount: 5_000, name: 'Visit', vat_rate: 25, merchant_id: app.tenants[0]?.merchantId }],
    ...method,
    ...(wish === undefined ? {} : { provider_method_parameters: { desired_payment_status: wish } }),
    metadata: { visit: 'V-1' },
    status_callback_url: receiver.url + path,
  });
  return { orderId, id: body.id, pageUrl: body.provider_method_response.redirect_url };
}

const dummy = { provider: 'dummy', method: 'dummy' };
const card = { provider: 'verifone', method: 'card' };

describe('a payment’s status callback', () => {
  it('has the whole of what is told, and never more', async () => {
    const { orderId, id } = await initiate('/whole', dummy);
    const [told] = await toldAt('/whole');
    const { id: eventId, occurred_at, ...rest } = told;
    assert.match(eventId, /^[0-9a-f-]{36}$/);
    assert.match(occurred_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    assert.deepEqual(rest, {
      payment_id: id,
      payment_order_id: orderId,
      status: 'COMPLETED',
      funds: { received: 5_000, received_total: 5_000 },
      received_funds: 5_000,
      metadata: { visit: 'V-1' },
    });
  });

  const wishes: Readonly<Record<string, readonly string[]>> = {
    INITIATED: ['PENDING'],
    PENDING: ['PENDING'],
    COMPLETED: ['COMPLETED'],
    DECLINED: ['DECLINED'],
    ABORTED: ['ABORTED'],
    EXPIRED: ['EXPIRED'],
    CRASHED: ['CRASHED'],
  };
  for (const [wish, statuses] of Object.entries(wishes))
    it(`is not sent for INITIATED, and for ${wish} by dummy tells ${statuses.join(', ')}`, async () => {
      await initiate(`/wish-${wish}`, dummy, wish);
      const told = await toldAt(`/wish-${wish}`);
      assert.deepEqual(
        told.map(({ status }) => status),
        statuses,
      );
      for (const { status, funds } of told) assert.equal(funds !== null, status === 'COMPLETED');
    });

  const byCard: readonly [number: string, action: string, statuses: readonly string[]][] = [
    ['4111111111111111', 'pay', ['PENDING', 'COMPLETED']],
    ['4999999999999236', 'pay', ['PENDING', 'DECLINED']],
    ['4111111111111111', 'cancel', ['PENDING', 'ABORTED']],
  ];
  for (const [number, action, statuses] of byCard)
    it(`by a card ending in ${number.slice(-4)} and the button ${action} tells ${statuses.join(', then ')}`, async () => {
      const path = `/${number}-${action}`;
      const { pageUrl } = await initiate(path, card);
      await payOnPage(pageUrl, number, action);
      const told = await toldAt(path);
      assert.deepEqual(
        told.map(({ status }) => status),
        statuses,
      );
      assert.equal(new Set(told.map(({ id }) => id)).size, told.length, 'each has its own id');
    });
});

describe('a link’s status callback', () => {
  const tellsOf = async (path: string) => {
    const { id } = await ping.createLink({ payment_link_status_callback_url: receiver.url + path });
    return id;
  };

  it('tells COMPLETED once when the link is paid, in the vendor’s spelling, and nothing of the attempts before', async () => {
    const id = await tellsOf('/paid');
    const pay = async (method: Json) =>
      (await ping.call('POST', `/payment_links/${id}/payments`, method)).body.provider_method_response;
    await payOnPage((await pay(card)).redirect_url, '4999999999999236');
    await pay(dummy);
    const told = await toldAt('/paid');
    assert.deepEqual(
      told.map(({ occured_at, ...rest }) => rest),
      [{ payment_link_id: id, status: 'COMPLETED' }],
    );
    assert.match(told[0].occured_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  });

  it('tells CANCELLED when the shop withdraws it', async () => {
    const id = await tellsOf('/cancelled');
    await ping.call('PUT', `/payment_links/${id}/cancel`);
    const told = await toldAt('/cancelled');
    assert.deepEqual(
      told.map(({ payment_link_id, status }) => [payment_link_id, status]),
      [[id, 'CANCELLED']],
    );
  });

  it('tells EXPIRED with the moment at which its time was over', async () => {
    const id = await tellsOf('/expired');
    const turn = await sendJson(`${app.url}/v1/test-clock/advance`, 'POST', app.native(), { by: 'P31D' });
    assert.equal(turn.status, 200);
    const told = await toldAt('/expired');
    assert.deepEqual(
      told.map(({ payment_link_id, status }) => [payment_link_id, status]),
      [[id, 'EXPIRED']],
    );
    const link = await sendJson(`${app.url}/v1/links/${id}`, 'GET', app.native());
    assert.equal(Date.parse(told[0].occured_at), Date.parse(link.body.expiresAt));
  });
});
