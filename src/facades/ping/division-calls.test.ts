/** Who may see what orders were divided into, and what is unknown (facts A6), by the front door. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type Json, pingClient } from '#test/support/ping-client.ts';
import { assertPingError, type Orders, pingOrders } from '#test/support/ping-orders.ts';

let app: TestApp;
let orders: Orders;
before(async () => {
  app = await startTestApp();
  orders = pingOrders(app);
});
after(() => app.stop());

describe('every call about an order’s money', () => {
  const calls: readonly [method: string, path: (id: string) => string, body?: Json][] = [
    ['PUT', (id) => `/payment_orders/${id}`, { split_tree_id: 'x' }],
    ['PUT', (id) => `/payment_orders/${id}/close`],
    ['PUT', (id) => `/payment_orders/${id}/split`, { fast_forward: true }],
    ['PUT', (id) => `/payment_orders/${id}/settle`, { fast_forward: true }],
    ['GET', (id) => `/payment_orders/${id}/allocations`],
    ['GET', (id) => `/disbursements/${id}`],
    ['GET', (id) => `/payouts/${id}`],
    ['GET', (id) => `/merchants/${id}`],
  ];
  for (const [method, path, body] of calls)
    it(`is a 404 for what is unknown: ${method} ${path(':id')}`, async () => {
      assertPingError(await orders.ping.call(method, path(randomUUID()), body), 404, 'not_found');
      assertPingError(
        await orders.ping.call(method, path('00000000-0000-0000-0000-000000000000'), body),
        404,
        'not_found',
      );
      assertPingError(await orders.ping.call(method, path('mine'), body), 422, 'invalid_format');
    });

  const item = () => ({ amount: 500, name: 'Visit', vat_rate: 25, merchant_id: orders.mine() });
  const ofPayments: readonly [method: string, path: string, body?: () => Json][] = [
    ['GET', ''],
    ['PUT', '', () => ({ order_items: [item()] })],
    ['PUT', '/stop'],
    ['PUT', '/funding/reconcile', () => ({ order_items: null })],
    ['POST', '/refund', () => ({ amount: 500, currency: 'SEK', reason: 'other' })],
    ['POST', '/documents', () => [{ content: 'x', mime_type: 'application/pdf', name: 'A', type: 'other' }]],
  ];
  for (const [method, path, body] of ofPayments)
    it(`is a 404 for an unknown payment or order: ${method} ${path || '/'}`, async () => {
      const orderId = await orders.open();
      const paymentId = await orders.pay(orderId, [item()]);
      const ask = (order: string, payment: string) =>
        orders.ping.call(method, `/payment_orders/${order}/payments/${payment}${path}`, body?.());
      assertPingError(await ask(orderId, randomUUID()), 404, 'not_found');
      assertPingError(await ask(randomUUID(), paymentId), 404, 'not_found');
      assertPingError(await ask(await orders.open(), paymentId), 404, 'not_found');
      assertPingError(await ask(orderId, 'mine'), 422, 'invalid_format');
    });

  it('does nothing for another tenant', async () => {
    const orderId = await orders.open();
    await orders.pay(orderId, [{ amount: 500, merchant_id: orders.mine() }]);
    await orders.put(orderId, 'settle', { fast_forward: true });
    const [{ disbursement_id, payout_id }] = (await orders.allocations(orderId)).body;
    const stranger = pingClient(app, 1);
    for (const path of [
      `/payment_orders/${orderId}/allocations`,
      `/disbursements/${disbursement_id}`,
      `/payouts/${payout_id}`,
      `/merchants/${orders.mine()}`,
    ])
      assertPingError(await stranger.call('GET', path), 404, 'not_found');
    assert.deepEqual((await stranger.call('GET', `/allocations?payment_order_id=${orderId}`)).body, []);
  });
});
