/** Splitting against refunding and against itself: one winner, and not an öre promised twice. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type Json, sendJson } from '#test/support/ping-client.ts';
import { type Orders, pingOrders } from '#test/support/ping-orders.ts';

let app: TestApp;
let orders: Orders;
before(async () => {
  app = await startTestApp();
  orders = pingOrders(app);
});
after(() => app.stop());

const trials = Number(process.env.RACE_TRIALS ?? 5);

it('an order that is split while its payment is refunded is split once, of what is left', async () => {
  for (let trial = 0; trial < trials; trial += 1) {
    const orderId = await orders.open();
    const paymentId = await orders.pay(orderId, [{ amount: 1_000, merchant_id: orders.mine() }]);
    await orders.put(orderId, 'close');
    const split = () => orders.put(orderId, 'split');
    const refund = () =>
      sendJson(`${app.url}/v1/payments/${paymentId}/refunds`, 'POST', app.native(), { amount: 300 });
    const [first, refunded, second, settled] = await Promise.all([
      split(),
      refund(),
      split(),
      orders.put(orderId, 'settle', { fast_forward: true }),
    ]);
    const answers = [first.status, second.status, settled.status];
    assert.ok([first, second].filter(({ status }) => status === 204).length <= 1, `${answers}`);
    if (settled.status !== 204) {
      const again = await orders.put(orderId, 'settle', { fast_forward: true });
      assert.equal(again.status, 204, again.text);
    }
    const { body } = await orders.allocations(orderId);
    assert.equal(
      body.reduce((sum: number, one: Json) => sum + one.amount, 0),
      refunded.status === 201 ? 700 : 1_000,
      `${answers} ${refunded.status}`,
    );
  }
  const { body } = await sendJson(`${app.url}/v1/audit`, 'GET', app.native());
  assert.deepEqual(
    body.checks.filter((check: Json) => !check.ok),
    [],
  );
});
