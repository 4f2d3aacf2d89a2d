import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { manualClock } from '#kit/clock.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { assertAuditGreen, assertBooksAgree, readBook, readOperations } from '#test/support/reconcile.ts';
import { openShop, type Shop } from '#test/support/shop.ts';

const clock = manualClock(new Date('2026-03-02T09:00:00Z'));
let app: TestApp;
let shop: Shop;
before(async () => {
  app = await startTestApp({ clock });
  shop = openShop({
    url: () => app.url,
    pingHeaders: app.ping(),
    nativeHeaders: app.native(),
    merchantId: app.tenants[0]?.merchantId ?? '',
  });
});
after(() => app.stop());

async function turn(byMs: number): Promise<void> {
  clock.advance(byMs);
  for (const { tenant } of app.tenants) await app.app.core.work.drain(tenant.id);
}

async function payLink(amount: number): Promise<string> {
  const { body: order } = await shop.createOrder();
  const { body: link } = await shop.createLink({ orderId: order.id, amount });
  await shop.pressPay(link.checkout_url, 'swish');
  await turn(20_000);
  return (await shop.link(link.id)).body.paymentId;
}

it('refunds of a Swish payment that race each other, and take their time, never come to more than was paid', async () => {
  const paymentIds = [await payLink(10_000), await payLink(10_000), await payLink(10_000)];
  for (const paymentId of paymentIds) {
    const replies = await Promise.all(Array.from({ length: 12 }, () => shop.refund(paymentId, 3_000)));
    assert.equal(replies.filter(({ status }) => status === 201).length, 3);
    const { body } = await shop.payment(paymentId);
    assert.deepEqual([body.refunding, body.refunded], [9_000, 0], 'they are on their way, and reserved');
    assert.equal((await shop.refund(paymentId, 1_001)).status >= 400, true);
  }
  await turn(20_000);
  await turn(60_000);
  for (const paymentId of paymentIds) {
    const { body } = await shop.payment(paymentId);
    assert.deepEqual([body.refunding, body.refunded], [0, 9_000]);
  }
  const { database } = app.app.core;
  assertBooksAgree(await readBook(app.simulatorUrl), await readOperations(database), 'swish');
  await assertAuditGreen(database);
});
