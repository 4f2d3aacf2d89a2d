import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readOperationsOf } from '#core/operations/read-operations.ts';
import { takeOverLeases } from '#core/operations/take-over-leases.ts';
import { outcomeRecording } from '#core/payments/record-outcome.ts';
import { manualClock } from '#kit/clock.ts';
import type { Connector, Inquiry, Outcome } from '#kit/connector.ts';
import { currency } from '#kit/currency.ts';
import type { OperationId, PaymentId, TenantId } from '#kit/ids.ts';
import { money } from '#kit/money.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { openBank } from '#test/support/bank.ts';
import type { Json } from '#test/support/ping-client.ts';
import { assertPingError, pingOrders } from '#test/support/ping-orders.ts';
import { readBook } from '#test/support/reconcile.ts';
import { openShop, type Shop } from '#test/support/shop.ts';
import { openNetwork } from '../../src/network.ts';
import { createProcessors } from '../../src/tasks/processors.ts';

const clock = manualClock(new Date('2026-03-02T09:00:00Z'));
let app: TestApp;
let shop: Shop;
let tenantId: TenantId;
before(async () => {
  app = await startTestApp({ clock });
  tenantId = app.tenants[0]?.tenant.id as TenantId;
  shop = openShop({
    url: () => app.url,
    pingHeaders: app.ping(),
    nativeHeaders: app.native(),
    merchantId: app.tenants[0]?.merchantId ?? '',
  });
});
after(() => app.stop());

async function openLink(amount = 10_000) {
  const { body: order } = await shop.createOrder();
  const { body: link } = await shop.createLink({ orderId: order.id, amount });
  return {
    orderId: order.id as string,
    linkId: link.id as string,
    checkoutUrl: link.checkout_url as string,
  };
}

/** The one open attempt to pay the link: its payment and its operation. */
async function attemptOf(linkId: string) {
  const { body } = await shop.native('/payments?limit=50');
  const payment = body.data.find((one: { linkId: string | null }) => one.linkId === linkId);
  const [operation] = await readOperationsOf(app.app.core, tenantId, [payment.id as PaymentId]);
  assert.ok(operation);
  return { paymentId: payment.id as string, operation };
}

test('"no record of it" does not free a link whose payer was sent to the page meanwhile', async () => {
  const { linkId, checkoutUrl } = await openLink();
  const page = await shop.pressPay(checkoutUrl, 'card');
  const { paymentId, operation } = await attemptOf(linkId);
  await outcomeRecording(() => app.app.core)({ ...operation, finding: { kind: 'absent' } });
  assert.equal((await shop.payment(paymentId)).body.status, 'pending');
  await shop.visit(await shop.enterCard(page));
  assert.equal((await shop.payment(paymentId)).body.status, 'completed');
});

test('an approval of another amount than was asked for is not booked', async () => {
  const { linkId, checkoutUrl } = await openLink();
  await shop.pressPay(checkoutUrl, 'card');
  const { paymentId, operation } = await attemptOf(linkId);
  const finding: Outcome = {
    kind: 'approved',
    processorReference: 'feedfacefeedface',
    amount: money(9_999n, currency('SEK')),
    code: '00',
  };
  await outcomeRecording(() => app.app.core)({ ...operation, finding });
  const { body } = await shop.payment(paymentId);
  assert.equal(body.status, 'pending');
  assert.equal(body.operations[0].status, 'unknown');
});

test('the page closes before the attempt is given up, so that nothing is paid in between', async () => {
  const { linkId, checkoutUrl } = await openLink();
  const page = await shop.pressPay(checkoutUrl, 'card');
  const { operation } = await attemptOf(linkId);
  const leftMs = (operation.attemptEndsAt?.getTime() ?? 0) - clock.now().getTime();
  clock.advance(leftMs - 30_000);
  await assert.rejects(shop.enterCard(page), /answered 410/);
});

test('a refund that may have been sent stays open when sending it again is refused as such', async () => {
  const { linkId, checkoutUrl } = await openLink();
  await shop.visit(await shop.enterCard(await shop.pressPay(checkoutUrl, 'card')));
  const { paymentId } = await attemptOf(linkId);
  await fetch(`${app.simulatorUrl}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'act-then-reset', request: 'refund' }),
  });
  const { body: refund } = await shop.refund(paymentId, 100);
  assert.equal(refund.status, 'pending');
  const answers: Outcome[] = [
    { kind: 'declined', code: 'U5', message: 'Invalid password', cause: 'request' },
  ];
  const processors = createProcessors(() => app.app.core, {
    connectors: new Map([['windcave', forgetful(answers)]]),
    network: openNetwork(1_000),
    readBook: async () => undefined,
    alarm: () => undefined,
    observe: () => undefined,
  });
  await processors.inquire(tenantId, refund.id as OperationId);
  assert.deepEqual(answers, [], 'it was sent again');
  const { body } = await shop.payment(paymentId);
  assert.equal(body.refunding, 100);
});

test('a refund that the processor is still at after ten minutes is told to a person, a payer’s hesitation is not', async () => {
  const paid = await openLink();
  await shop.visit(await shop.enterCard(await shop.pressPay(paid.checkoutUrl, 'card')));
  const { paymentId } = await attemptOf(paid.linkId);
  await fetch(`${app.simulatorUrl}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'hang', request: 'refund' }),
  });
  const { body: refund } = await shop.refund(paymentId, 100);
  const hesitating = await openLink();
  await shop.pressPay(hesitating.checkoutUrl, 'card');
  const { operation } = await attemptOf(hesitating.linkId);
  const alarms: string[] = [];
  const processors = createProcessors(() => app.app.core, {
    connectors: new Map([['windcave', forgetful([], { kind: 'waiting' })]]),
    network: openNetwork(1_000),
    readBook: async () => undefined,
    alarm: ({ id }) => alarms.push(id),
    observe: () => undefined,
  });
  clock.advance(11 * 60_000);
  for (const id of [refund.id as OperationId, operation.id]) await processors.inquire(tenantId, id);
  assert.deepEqual(alarms, [refund.id]);
});

test('a request that never arrived is not sent after its payer has taken it back', async () => {
  const { linkId, checkoutUrl } = await openLink();
  await fetch(`${app.simulatorUrl}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'refuse', connector: 'swish', request: 'purchase' }),
  });
  await shop.pressPay(checkoutUrl, 'swish');
  const { paymentId, operation } = await attemptOf(linkId);
  assert.equal((await fetch(`${checkoutUrl}/cancel`, { method: 'POST', redirect: 'manual' })).status, 303);
  clock.advance(20_000);
  await app.app.core.work.drain(tenantId);
  assert.equal((await shop.payment(paymentId)).body.status, 'aborted');
  const book = await readBook(app.simulatorUrl);
  assert.deepEqual(
    book.filter(({ reference, kind }) => reference === operation.reference && kind !== 'status'),
    [],
  );
});

test('a refund that never arrived is sent when "no record" is final, however often was asked before', async () => {
  const { linkId, checkoutUrl } = await openLink();
  await shop.visit(await shop.enterCard(await shop.pressPay(checkoutUrl, 'card')));
  const { paymentId } = await attemptOf(linkId);
  await fetch(`${app.simulatorUrl}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'refuse', request: 'refund' }),
  });
  await shop.refund(paymentId, 100);
  const { core } = app.app;
  // As if the server had been started again nine times in a row.
  for (let starts = 0; starts < 9; starts += 1) {
    await takeOverLeases(core);
    await core.work.drain(tenantId);
  }
  clock.advance(30_000);
  await core.work.drain(tenantId);
  assert.equal((await shop.payment(paymentId)).body.refunded, 100);
});

test('what was paid twice and cannot be given back is told to a person', async () => {
  const { linkId, checkoutUrl } = await openLink();
  await shop.pressPay(checkoutUrl, 'card');
  const { paymentId, operation } = await attemptOf(linkId);
  await outcomeRecording(() => app.app.core)({
    ...operation,
    finding: { kind: 'declined', code: '05', message: 'Refused', cause: 'processor' },
  });
  await shop.visit(await shop.enterCard(await shop.pressPay(checkoutUrl, 'card')));
  const alarms = async () =>
    (await app.app.metrics.alarms.get()).values.reduce((sum, { value }) => sum + value, 0);
  const earlier = await alarms();
  // The processor knows no such movement, and so gives nothing back of it.
  const finding: Outcome = {
    kind: 'approved',
    processorReference: 'feedfacefeedface',
    amount: money(10_000n, currency('SEK')),
    code: '00',
  };
  await outcomeRecording(() => app.app.core)({ ...operation, finding });
  await app.app.core.work.drain(tenantId);
  const { body } = await shop.payment(paymentId);
  assert.deepEqual([body.superseded, body.refunded, body.refundable], [true, 0, 10_000]);
  assert.equal(await alarms(), earlier + 1);
  const { data } = (await openBank(app).native('GET', '/events?limit=200')).body;
  assert.ok(
    data.some(({ type, data: told }: Json) => type === 'refund.failed' && told.paymentId === paymentId),
  );
});

async function allocatedOf(orderId: string): Promise<number> {
  const { body } = await pingOrders(app).allocations(orderId);
  return body.reduce((sum: number, one: Json) => sum + one.amount, 0);
}

test('an order is not split while a refund of it is under way, and afterwards of what is left', async () => {
  const orders = pingOrders(app);
  const { orderId, linkId, checkoutUrl } = await openLink();
  await shop.visit(await shop.enterCard(await shop.pressPay(checkoutUrl, 'card')));
  const { paymentId } = await attemptOf(linkId);
  await fetch(`${app.simulatorUrl}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'act-then-reset', request: 'refund' }),
  });
  assert.equal((await shop.refund(paymentId, 3_000)).body.status, 'pending');
  for (const action of ['split', 'settle'])
    assertPingError(await orders.put(orderId, action, { fast_forward: true }), 403, 'operation_forbidden');
  clock.advance(30_000);
  await app.app.core.work.drain(tenantId);
  assert.equal((await shop.payment(paymentId)).body.refunded, 3_000);
  assert.equal((await orders.put(orderId, 'split', { fast_forward: true })).status, 204);
  assert.equal(await allocatedOf(orderId), 7_000);
});

test('money that comes after its order was split and settled is divided and handed on, too', async () => {
  const orders = pingOrders(app);
  const orderId = await orders.open();
  const paymentId = await orders.pay(orderId, [{ amount: 500, merchant_id: orders.mine() }], 'DECLINED');
  assert.equal((await orders.put(orderId, 'settle', { fast_forward: true })).status, 204);
  assert.equal(await allocatedOf(orderId), 0);
  const earlier = await openBank(app).balance('receipts');
  const [charge] = await readOperationsOf(app.app.core, tenantId, [paymentId as PaymentId]);
  assert.ok(charge);
  const finding: Outcome = {
    kind: 'approved',
    processorReference: 'late',
    amount: money(500n, currency('SEK')),
    code: '00',
  };
  await outcomeRecording(() => app.app.core)({ ...charge, finding });
  const [allocation] = (await orders.allocations(orderId)).body;
  assert.equal(allocation.amount, 500);
  const { body } = await orders.ping.call('GET', `/disbursements/${allocation.disbursement_id}`);
  assert.equal(body.amount, 500);
  assert.equal(await openBank(app).balance('receipts'), earlier);
});

/** A processor that has no record of anything and answers what is sent to it in this order. */
function forgetful(answers: Outcome[], inquiry: Inquiry = { kind: 'not-found' }): Connector {
  return {
    name: 'windcave',
    methods: ['card'],
    capabilities: new Set(['refund']),
    accountFields: [],
    settlingMs: 0,
    open: () => ({
      send: async () => answers.shift() ?? { kind: 'unknown', detail: 'nothing left to say' },
      inquire: async () => inquiry,
    }),
  };
}

test('a payment that its processor never ends is asked about ever more rarely', async () => {
  const orders = pingOrders(app);
  const paymentId = await orders.pay(
    await orders.open(),
    [{ amount: 100, merchant_id: orders.mine() }],
    'PENDING',
  );
  const { database, work, limits } = app.app.core;
  const askedOften = 'update operations set inquiries = 36 where payment_id = $1 returning inquiries';
  assert.equal((await database.query(askedOften, [paymentId])).length, 1);
  const inquiries = async () =>
    (await readOperationsOf(app.app.core, tenantId, [paymentId as PaymentId]))[0]?.inquiries ?? 0;
  clock.advance(limits.attemptMs);
  for (let minutes = 0; minutes < 30; minutes += 1) {
    clock.advance(60_000);
    await work.drain(tenantId);
  }
  const asked = (await inquiries()) - 36;
  assert.ok(asked >= 2 && asked <= 8, `${asked} questions in half an hour`);
  assert.equal((await shop.payment(paymentId)).body.status, 'pending');
});
