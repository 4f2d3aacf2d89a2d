/** Invoices of links as a Ping client and the tenant's bank see them. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { passesLuhn } from '#kit/luhn.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type Bank, createInvoicedLink, openBank } from '#test/support/bank.ts';
import { type Json, type PingClient, payOnPage, pingClient } from '#test/support/ping-client.ts';

let app: TestApp;
let ping: PingClient;
let bank: Bank;
before(async () => {
  app = await startTestApp();
  ping = pingClient(app);
  bank = openBank(app);
});
after(() => app.stop());

const amount = 14_000;

const read = async (path: string): Promise<Json> => (await ping.call('GET', path)).body;

describe('an invoice of a link', () => {
  it('is made once, gives the link an OCR number, and is found by its address', async () => {
    const link = await ping.createLink();
    const path = `/payment_links/${link.id}/invoice`;
    assert.equal((await ping.call('GET', path)).status, 403, 'before it is made');
    assert.equal((await ping.call('PUT', path, null)).status, 422, 'without a body');
    assert.equal((await ping.call('PUT', path, { reference_type: 'PDF' })).status, 422);
    assert.equal((await ping.call('PUT', path, { reference_type: 'OCR' })).status, 204);
    assert.equal((await ping.call('PUT', path, { reference_type: 'OCR' })).status, 403, 'a second time');
    const { body } = await ping.call('GET', path);
    assert.ok(passesLuhn(body.reference) && body.reference.length === 12, body.reference);
    assert.deepEqual(body, {
      url: `${link.checkoutUrl}/invoice.pdf`,
      reference_type: 'OCR',
      reference: body.reference,
    });
    const told = await read(`/payment_links/${link.id}`);
    assert.deepEqual([told.invoice_created, told.ocr, told.status], [true, body.reference, 'CREATED']);
  });

  it('is not made of a link that is over, or that is nobody’s', async () => {
    const link = await ping.createLink();
    await ping.call('PUT', `/payment_links/${link.id}/cancel`);
    const of = (id: string) => ping.call('PUT', `/payment_links/${id}/invoice`, { reference_type: 'KID' });
    assert.equal((await of(link.id)).status, 403);
    assert.equal((await of(crypto.randomUUID())).status, 404);
  });

  it('completes its link when its amount comes: receipt, payment and books say so', async () => {
    const link = await createInvoicedLink(ping);
    const receiptsBefore = await bank.balance('receipts');
    const { status, body } = await bank.deposit(`${link.ocr.slice(0, 4)} ${link.ocr.slice(4)}`, amount);
    assert.equal(status, 201);
    assert.deepEqual([body.matched, body.surplus, body.unallocated, body.linkId], [amount, 0, 0, link.id]);
    const told = await read(`/payment_links/${link.id}`);
    assert.deepEqual([told.status, told.payment_id], ['COMPLETED', body.paymentId]);
    assert.equal((await ping.call('GET', `/payment_links/${link.id}/receipt`)).status, 200);
    const payment = await read(`/payment_orders/${link.orderId}/payments/${body.paymentId}`);
    assert.deepEqual([payment.status, payment.provider, payment.method], ['COMPLETED', 'ping', 'deposit']);
    assert.equal(await bank.balance('receipts'), receiptsBefore - amount);
    assert.deepEqual(await bank.breaches(), []);
  });

  it('that is paid short by one öre stays open, and is completed by that öre', async () => {
    const link = await createInvoicedLink(ping);
    const { body: first } = await bank.deposit(link.ocr, amount - 1);
    const path = `/payment_orders/${link.orderId}/payments/${first.paymentId}`;
    assert.equal((await read(path)).status, 'UNDERFUNDED');
    assert.equal((await read(`/payment_links/${link.id}`)).status, 'CREATED');
    await bank.deposit(link.ocr, 1);
    const payment = await read(path);
    assert.deepEqual(
      payment.status_history.map(({ status, funds }: Json) => [
        status,
        funds?.received,
        funds?.received_total,
      ]),
      [
        ['INITIATED', undefined, undefined],
        ['UNDERFUNDED', amount - 1, amount - 1],
        ['COMPLETED', 1, amount],
      ],
    );
    assert.equal((await read(`/payment_links/${link.id}`)).status, 'COMPLETED');
    assert.deepEqual(await bank.breaches(), []);
  });

  it('that is paid over by one öre waits for the tenant, who gives the öre back', async () => {
    const link = await createInvoicedLink(ping);
    const { body: deposit } = await bank.deposit(link.ocr, amount + 1);
    assert.deepEqual([deposit.matched, deposit.surplus], [amount, 1]);
    const path = `/payment_orders/${link.orderId}/payments/${deposit.paymentId}`;
    assert.equal((await read(path)).status, 'OVERFUNDED');
    assert.equal((await read(`/payment_links/${link.id}`)).status, 'CREATED');
    const giveBack = (body: Json) => bank.native('POST', `/deposits/${deposit.id}/returns`, body);
    assert.equal(
      (await giveBack({ bankReference: 'back-1', amount: 2 })).status,
      422,
      'more than is surplus',
    );
    const { status, body } = await giveBack({ bankReference: 'back-1' });
    assert.equal(status, 201);
    assert.deepEqual([body.matched, body.surplus, body.returned], [amount, 0, 1]);
    assert.equal((await read(path)).status, 'COMPLETED');
    assert.equal((await read(`/payment_links/${link.id}`)).status, 'COMPLETED');
    assert.equal(
      (await giveBack({ bankReference: 'back-1' })).status,
      201,
      'told again it is the same return',
    );
    assert.equal((await giveBack({ bankReference: 'back-1', amount: 2 })).status, 409);
    assert.deepEqual(await bank.breaches(), []);
  });

  it('takes no card while a part of it has come, and cannot be withdrawn', async () => {
    const link = await createInvoicedLink(ping);
    await bank.deposit(link.ocr, 1_000);
    const pay = { provider: 'dummy', method: 'dummy' };
    assert.equal((await ping.call('POST', `/payment_links/${link.id}/payments`, pay)).status, 403);
    assert.equal((await ping.call('PUT', `/payment_links/${link.id}/cancel`)).status, 403);
  });

  it('whose link was paid by card keeps what comes late as surplus, and nothing is lost', async () => {
    const link = await createInvoicedLink(ping);
    const pay = { provider: 'dummy', method: 'dummy' };
    const paid = await ping.call('POST', `/payment_links/${link.id}/payments`, pay);
    assert.equal(paid.status, 200);
    const surplusBefore = await bank.balance('deposits:surplus');
    const { body } = await bank.deposit(link.ocr, amount);
    assert.deepEqual([body.surplus, body.linkId, body.paymentId], [amount, link.id, paid.body.id]);
    assert.equal(await bank.balance('deposits:surplus'), surplusBefore - amount);
    assert.equal((await read(`/payment_links/${link.id}`)).payment_id, paid.body.id);
    const { data } = (await bank.native('GET', '/deposits?holding=surplus')).body;
    assert.ok(data.some(({ id }: Json) => id === body.id));
    assert.deepEqual(await bank.breaches(), []);
  });

  it('whose link is paid by card while a part of it comes gives that part up as surplus', async () => {
    const link = await createInvoicedLink(ping);
    const card = { provider: 'verifone', method: 'card' };
    const begun = await ping.call('POST', `/payment_links/${link.id}/payments`, card);
    const { body: part } = await bank.deposit(link.ocr, 1_000);
    assert.equal(part.matched, 1_000);
    await payOnPage(begun.body.provider_method_response.redirect_url, '4111111111111111');
    assert.equal((await read(`/payment_links/${link.id}`)).payment_id, begun.body.id);
    const { body } = await bank.native('GET', `/deposits/${part.id}`);
    assert.deepEqual([body.matched, body.surplus], [0, 1_000]);
    const stopped = await read(`/payment_orders/${link.orderId}/payments/${part.paymentId}`);
    assert.equal(stopped.status, 'STOPPED');
    assert.deepEqual(await bank.breaches(), []);
  });

  it('whose whole amount comes while a card is being charged is paid once: the card gets its money back', async () => {
    const link = await createInvoicedLink(ping);
    const card = { provider: 'verifone', method: 'card' };
    const begun = await ping.call('POST', `/payment_links/${link.id}/payments`, card);
    const { body: deposit } = await bank.deposit(link.ocr, amount);
    assert.equal((await read(`/payment_links/${link.id}`)).payment_id, deposit.paymentId);
    await payOnPage(begun.body.provider_method_response.redirect_url, '4111111111111111');
    await bank.native('POST', '/test-clock/advance', { by: 'PT1S' });
    const charged = (await bank.native('GET', `/payments/${begun.body.id}`)).body;
    assert.deepEqual([charged.superseded, charged.refunded], [true, amount]);
    assert.equal((await read(`/payment_links/${link.id}`)).payment_id, deposit.paymentId);
    assert.deepEqual(await bank.breaches(), []);
  });

  it('of an expired link completes it all the same when its money comes', async () => {
    const link = await createInvoicedLink(ping, { due_date: '2020-01-01' });
    assert.equal((await bank.native('POST', '/test-clock/advance', { by: 'P31D' })).status, 200);
    assert.equal((await read(`/payment_links/${link.id}`)).status, 'EXPIRED');
    await bank.deposit(link.ocr, amount);
    assert.equal((await read(`/payment_links/${link.id}`)).status, 'COMPLETED');
    assert.deepEqual(await bank.breaches(), []);
  });

  it('that was paid short completes its link when the tenant is content with it', async () => {
    const link = await createInvoicedLink(ping);
    const { body } = await bank.deposit(link.ocr, 100);
    const path = `/payment_orders/${link.orderId}/payments/${body.paymentId}`;
    const items = [{ amount: 100, name: 'Part', vat_rate: 25, merchant_id: app.tenants[0]?.merchantId }];
    const reconciled = await ping.call('PUT', `${path}/funding/reconcile`, { order_items: items });
    assert.equal(reconciled.status, 204, reconciled.text);
    assert.equal((await read(`/payment_links/${link.id}`)).status, 'COMPLETED');
    assert.deepEqual(await bank.breaches(), []);
  });
});
