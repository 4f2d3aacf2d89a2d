import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import jpeg from 'jpeg-js';
import { manualClock } from '#kit/clock.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type Json, type PingClient, pingClient } from '#test/support/ping-client.ts';

const clock = manualClock(new Date('2026-03-02T09:00:00Z'));
let app: TestApp;
let ping: PingClient;
let orderId: string;
before(async () => {
  app = await startTestApp({ clock });
  ping = pingClient(app);
  orderId = await ping.createOrder();
});
after(() => app.stop());

function initiate(method: string, parameters: Record<string, unknown>, currency = 'SEK') {
  return ping.call('POST', `/payment_orders/${orderId}/payments`, {
    currency,
    total_amount: 10_000,
    order_items: [{ amount: 10_000, name: 'Visit', vat_rate: 25, merchant_id: app.tenants[0]?.merchantId }],
    provider: 'swish',
    method,
    provider_method_parameters: parameters,
  });
}

async function statusOf(paymentId: string): Promise<string> {
  return (await ping.call('GET', `/payment_orders/${orderId}/payments/${paymentId}`)).body.status;
}

/** What is kept of a payment's parameters. */
async function parametersOf(paymentId: string): Promise<Json> {
  const sql = 'select parameters from operations where payment_id = $1';
  return (await app.app.core.database.query<{ parameters: Json }>(sql, [paymentId]))[0]?.parameters;
}

async function turn(byMs: number): Promise<void> {
  clock.advance(byMs);
  for (const { tenant } of app.tenants) await app.app.core.work.drain(tenant.id);
}

describe('a payment by Swish over the Ping API', () => {
  it('by m_commerce is answered with the token, and completed when somebody has paid with it', async () => {
    const { status, body } = await initiate('m_commerce', { message: 'Visit 7' });
    assert.equal(status, 200);
    const { url, payment_request_token: token, ...more } = body.provider_method_response;
    assert.match(token, /^[0-9A-Za-z]{16,}$/);
    assert.ok(url.startsWith(`swish://paymentrequest?token=${token}&callbackurl=http`));
    assert.deepEqual(more, {});
    assert.equal(await statusOf(body.id), 'PENDING');
    await turn(20_000);
    assert.equal(await statusOf(body.id), 'COMPLETED');
  });

  it('comes with a code to scan where one is wished for, in the format and size wished for', async () => {
    const codeOf = async (parameters: Json): Promise<string> =>
      (await initiate('m_commerce', { use_qr_code: true, ...parameters })).body.provider_method_response
        .qr_code;
    const plain = await codeOf({});
    assert.match(plain, /^<svg [^>]*width="300"/);
    assert.ok(!plain.includes('#fff'));
    const solid = await codeOf({ qr_format: 'solid_svg', qr_size: '400', qr_border: 2 });
    assert.match(solid, /^<svg [^>]*width="400"/);
    assert.ok(solid.includes('#fff'));
    for (const qr_format of ['solid_png', 'transparent_png']) {
      const png = Buffer.from(await codeOf({ qr_format, qr_size: 500 }), 'base64');
      assert.equal(png.subarray(1, 4).toString(), 'PNG');
      assert.equal(png.readUInt32BE(16), 500);
    }
    const jpg = jpeg.decode(
      Buffer.from(await codeOf({ qr_format: 'solid_jpg', qr_size: 300, qr_border: 4 }), 'base64'),
    );
    assert.deepEqual([jpg.width, jpg.height], [300, 300]);
    const greys = Array.from({ length: 300 * 300 }, (_, pixel) => jpg.data[pixel * 4] ?? 128);
    assert.ok(
      greys.every((grey) => grey < 64 || grey > 191),
      'each pixel is clearly dark or light',
    );
    assert.ok(greys.some((grey) => grey < 64) && greys.some((grey) => grey > 191));
  });

  it('by e_commerce asks the payer by phone number, written as anybody writes it', async () => {
    const { status, body } = await initiate('e_commerce', {
      message: 'Visit 8',
      phone_number: '070-000 00 01',
    });
    assert.equal(status, 200);
    assert.deepEqual(body.provider_method_response, {});
    assert.deepEqual(await parametersOf(body.id), { message: 'Visit 8', phone_number: '+46700000001' });
    await turn(20_000);
    assert.equal(await statusOf(body.id), 'COMPLETED');
    assert.deepEqual(await parametersOf(body.id), { message: 'Visit 8' }, 'the number is forgotten');
  });

  it('by mobile is the one with a phone number and the other without', async () => {
    const scanned = await initiate('mobile', {});
    assert.ok('payment_request_token' in scanned.body.provider_method_response);
    const asked = await initiate('mobile', { phone_number: '+46700000002' });
    assert.deepEqual(asked.body.provider_method_response, {});
  });

  it('that cannot be is refused naming the field, and nothing is stored', async () => {
    const parametersOf: readonly [string, string, Json][] = [
      ['message', 'm_commerce', { message: 'å'.repeat(51) }],
      ['message', 'm_commerce', { message: 'a < b' }],
      ['message', 'e_commerce', { phone_number: '+46700000003', message: 7 }],
      ['phone_number', 'e_commerce', {}],
      ['phone_number', 'e_commerce', { phone_number: '112' }],
      ['use_qr_code', 'm_commerce', { use_qr_code: 'yes' }],
      ['qr_format', 'm_commerce', { use_qr_code: true, qr_format: 'gif' }],
      ['qr_size', 'm_commerce', { use_qr_code: true, qr_size: 299 }],
      ['qr_size', 'm_commerce', { use_qr_code: true, qr_size: 1_001 }],
      ['qr_border', 'm_commerce', { use_qr_code: true, qr_border: -1 }],
    ];
    const count = async () => (await ping.call('GET', `/payment_orders/${orderId}`)).body.payments.length;
    const before = await count();
    for (const [field, method, parameters] of parametersOf) {
      const { status, body } = await initiate(method, parameters);
      assert.equal(status, 422, JSON.stringify(parameters));
      assert.equal(body.errors[0].property, `provider_method_parameters.${field}`);
    }
    assert.equal(await count(), before);
  });

  it('is refused in a currency Swish does not move', async () => {
    const { body: order } = await ping.call('POST', '/payment_orders', { currency: 'EUR' });
    orderId = order.id;
    const { status, body } = await initiate('m_commerce', {}, 'EUR');
    orderId = await ping.createOrder();
    assert.equal(status, 422);
    assert.equal(body.errors[0].property, 'currency');
  });

  it('ends as its code says', async () => {
    const ends = {
      RF07: 'DECLINED',
      BANKIDCL: 'ABORTED',
      TM01: 'EXPIRED',
      FF10: 'CRASHED',
      ACMT03: 'DECLINED',
    };
    for (const [message, expected] of Object.entries(ends)) {
      const { body } = await initiate('m_commerce', { message });
      await turn(20_000);
      assert.equal(await statusOf(body.id), expected, message);
    }
  });

  it('of a link is paid with the link’s message, which is checked when the link is made', async () => {
    const methods = (swish_message: string) => ({
      payment_provider_methods: [{ provider: 'swish', method: 'mobile', parameters: { swish_message } }],
    });
    await assert.rejects(ping.createLink(methods('a < b')), /parameters\.swish_message/);
    const link = await ping.createLink(methods('Invoice 4711'));
    const { status, body } = await ping.call('POST', `/payment_links/${link.id}/payments`, {
      provider: 'swish',
      method: 'mobile',
      phone_number: '0700000004',
    });
    assert.equal(status, 200);
    assert.deepEqual(body.provider_method_response, {});
    await turn(20_000);
    assert.equal((await ping.call('GET', `/payment_links/${link.id}`)).body.status, 'COMPLETED');
  });
});
