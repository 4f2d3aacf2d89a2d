import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { openBank } from '#test/support/bank.ts';
import { type Json, type PingClient, pingClient } from '#test/support/ping-client.ts';

let app: TestApp;
let ping: PingClient;
before(async () => {
  app = await startTestApp();
  ping = pingClient(app);
});
after(() => app.stop());

const pdf = Buffer.from('%PDF-1.4\nnot much of one').toString('base64');
const good: Json = { content: pdf, mime_type: 'application/pdf', name: 'Journal 17', type: 'invoice' };

async function makePayment(): Promise<{ id: string; path: string }> {
  const link = await ping.createLink();
  const { body } = await ping.call('POST', `/payment_links/${link.id}/payments`, {
    provider: 'dummy',
    method: 'dummy',
  });
  return { id: body.id, path: `/payment_orders/${link.orderId}/payments/${body.id}/documents` };
}

describe('documents of a payment', () => {
  it('are kept, and read again by their tenant alone', async () => {
    const payment = await makePayment();
    assert.equal((await ping.call('POST', payment.path, [good])).status, 204);
    const bank = openBank(app);
    const { data } = (await bank.native('GET', `/documents?paymentId=${payment.id}`)).body;
    assert.deepEqual(
      data.map(({ name, type, mediaType }: Json) => [name, type, mediaType]),
      [['Journal 17', 'invoice', 'application/pdf']],
    );
    assert.equal((await bank.native('GET', `/documents/${data[0].id}`)).body.content, pdf);
    const stranger = openBank(app, 1);
    assert.equal((await stranger.native('GET', `/documents/${data[0].id}`)).status, 404);
    assert.deepEqual((await stranger.native('GET', `/documents?paymentId=${payment.id}`)).body.data, []);
    const [row] = await app.app.core.database.query<{ content: string }>(
      'select content_sealed as content from attachments where id = $1',
      [data[0].id],
    );
    assert.ok(!row?.content.includes(pdf), 'sealed in the store');
  });

  it('that cannot be kept are told one by one, and the others are kept', async () => {
    const payment = await makePayment();
    const large = Buffer.concat([Buffer.from('%PDF-'), Buffer.alloc(5 * 1024 * 1024)]).toString('base64');
    const answer = await ping.call('POST', payment.path, [
      good,
      { ...good, name: 'garbled', content: '%%%' },
      { ...good, name: 'other', mime_type: 'image/png' },
      { ...good, name: 'script', mime_type: 'text/html' },
      { ...good, name: 'large', content: large },
    ]);
    assert.equal(answer.status, 207);
    assert.deepEqual(
      answer.body.failures.map(({ name }: Json) => name),
      ['garbled', 'other', 'script', 'large'],
    );
    assert.deepEqual(
      answer.body.success.map(({ name }: Json) => name),
      ['Journal 17'],
    );
  });

  it('of another order, or none, are refused', async () => {
    const payment = await makePayment();
    const foreign = payment.path.replace(
      /payment_orders\/[^/]+/,
      `payment_orders/${await ping.createOrder()}`,
    );
    assert.equal((await ping.call('POST', foreign, [good])).status, 404);
    assert.equal((await ping.call('POST', payment.path, [])).status, 422);
    assert.equal((await ping.call('POST', payment.path, [{ ...good, content: 7 }])).status, 422);
  });
});
