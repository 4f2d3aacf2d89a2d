/** From a shop's request to its callback, through the payer's own browser and the processor's own page. */
import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { openBrowser } from '#test/support/browser.ts';
import {
  type CallbackReceiver,
  type ReceivedCallback,
  startCallbackReceiver,
} from '#test/support/callback-receiver.ts';
import { type PingClient, pingClient, sendJson } from '#test/support/ping-client.ts';
import { approvedPurchases, assertAuditGreen, assertChargedOnce } from './books.ts';
import {
  chooseCard,
  declinedCard,
  goodCard,
  headings,
  inspect,
  openPayer,
  payByCard,
  waitForHeading,
} from './payer.ts';

let browser: Browser;
let app: TestApp;
let ping: PingClient;
let receiver: CallbackReceiver;

before(async () => {
  [browser, app, receiver] = await Promise.all([openBrowser(), startTestApp(), startCallbackReceiver()]);
  ping = pingClient(app);
});

after(async () => {
  await browser.close();
  await app.stop();
  await receiver.close();
});

/** The twelve bytes before the 32 of an Ed25519 key in DER (RFC 8410). */
const derPrefix = Buffer.from('302a300506032b6570032100', 'hex');

async function assertSigned(callback: ReceivedCallback): Promise<void> {
  const { body } = await sendJson(`${app.url}/v1/signing-key`, 'GET', app.native());
  const der = Buffer.concat([derPrefix, Buffer.from(body.publicKey, 'base64')]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  const header = (name: string) => String(callback.headers[name]);
  const plain = Buffer.from(header('x-signature'), 'base64');
  assert.ok(verify(null, Buffer.from(callback.body), key, plain), 'x-signature is over the body');
  assert.ok(!verify(null, Buffer.from(`${callback.body} `), key, plain), 'and over nothing else');
  const standard = header('webhook-signature')
    .split(' ')
    .find((one) => one.startsWith('v1a,'));
  const signed = `${header('webhook-id')}.${header('webhook-timestamp')}.${callback.body}`;
  assert.ok(verify(null, Buffer.from(signed), key, Buffer.from(standard?.slice(4) ?? '', 'base64')));
}

describe('a payer who is sent a payment link', () => {
  it('opens it from the SMS, pays by card, keeps a receipt, and the shop is told so under our signature', async () => {
    const link = await ping.createLink({
      language: 'SE',
      payment_link_status_callback_url: `${receiver.url}/paid`,
    });
    const sent = await ping.call('PUT', `/payment_links/${link.id}/distribute`, {
      methods: ['sms', 'email'],
    });
    assert.equal(sent.status, 204);

    const payer = await openPayer(browser, app, { locale: 'sv-SE' });
    const { page } = payer;
    await page.goto(`${app.url}/inbox`);
    await inspect(page, 'inbox');
    const sms = page.getByRole('listitem').filter({ hasText: 'SMS' });
    await sms.getByRole('link', { name: link.checkoutUrl }).click();
    await page.getByRole('button', { name: /med kort/ }).waitFor();
    await inspect(page, 'checkout-sv');
    await chooseCard(page);
    await inspect(page, 'processor');
    await payByCard(page, goodCard);
    await waitForHeading(page, /Tack/);
    await inspect(page, 'receipt-sv');

    const address = await page.getByRole('link', { name: /PDF/ }).getAttribute('href');
    const pdf = await page.request.get(new URL(address ?? '', page.url()).href);
    assert.equal(pdf.headers()['content-type'], 'application/pdf');
    assert.match((await pdf.body()).toString('latin1'), /^%PDF-1\.[\s\S]*%%EOF\s*$/);

    const [callback] = await receiver.waitFor('/paid');
    assert.ok(callback !== undefined);
    const told = JSON.parse(callback.body);
    assert.deepEqual(
      { ...told, occured_at: '' },
      { payment_link_id: link.id, status: 'COMPLETED', occured_at: '' },
    );
    await assertSigned(callback);

    const receipt = await ping.call('GET', `/payment_links/${link.id}/receipt`);
    assert.equal(receipt.body.url, `${link.checkoutUrl}/receipt.pdf`);
    assert.equal((await ping.call('PUT', `/payment_orders/${link.orderId}/close`)).status, 204);
    assert.equal((await ping.call('GET', `/payment_orders/${link.orderId}`)).body.status, 'CLOSED');
    await assertChargedOnce(app, link.id);
    payer.assertUndisturbed();
    await payer.close();
  });

  it('is told when the card is declined, tries another on the same link, and pays', async () => {
    const link = await ping.createLink();
    const payer = await openPayer(browser, app);
    const { page } = payer;
    await page.goto(link.checkoutUrl);
    await chooseCard(page);
    await payByCard(page, declinedCard);
    assert.match((await page.getByRole('alert').textContent()) ?? '', /did not go through/);
    await inspect(page, 'declined');
    assert.deepEqual(await approvedPurchases(app, link.id), []);

    await chooseCard(page);
    await payByCard(page, goodCard);
    await waitForHeading(page, headings.paid);
    const { payments } = (await ping.call('GET', `/payment_orders/${link.orderId}`)).body;
    assert.deepEqual(payments.map((payment: { status: string }) => payment.status).toSorted(), [
      'COMPLETED',
      'DECLINED',
    ]);
    await assertChargedOnce(app, link.id);
    payer.assertUndisturbed();
    await payer.close();
  });

  it('can cancel on the processor’s page, is back at the link, and pays after all', async () => {
    const link = await ping.createLink();
    const payer = await openPayer(browser, app);
    const { page } = payer;
    await page.goto(link.checkoutUrl);
    await chooseCard(page);
    await page.getByRole('button', { name: 'Cancel' }).click();
    assert.match((await page.getByRole('alert').textContent()) ?? '', /was cancelled/);
    await inspect(page, 'cancelled-payment');
    assert.equal((await ping.call('GET', `/payment_links/${link.id}`)).body.status, 'CREATED');

    await chooseCard(page);
    await payByCard(page, goodCard);
    await waitForHeading(page, headings.paid);
    await assertChargedOnce(app, link.id);
    payer.assertUndisturbed();
    await payer.close();
  });

  it('needs no script to pay', async () => {
    const link = await ping.createLink();
    const payer = await openPayer(browser, app, { javaScriptEnabled: false });
    const { page } = payer;
    await page.goto(link.checkoutUrl);
    await chooseCard(page);
    await payByCard(page, goodCard);
    await waitForHeading(page, headings.paid);
    await assertChargedOnce(app, link.id);
    payer.assertUndisturbed();
    await payer.close();
  });

  it('sees what is wrong with a mistyped card on the processor’s page, and pays once it is right', async () => {
    const link = await ping.createLink();
    const payer = await openPayer(browser, app);
    const { page } = payer;
    await page.goto(link.checkoutUrl);
    await chooseCard(page);
    await payByCard(page, '4111111111111112');
    await page.getByRole('alert').waitFor();
    await inspect(page, 'processor-mistyped');
    await payByCard(page, goodCard);
    await waitForHeading(page, headings.paid);
    await assertChargedOnce(app, link.id);
    payer.assertUndisturbed();
    await payer.close();
  });
});

describe('a payment link', () => {
  it('that is withdrawn says so, and takes no payment', async () => {
    const link = await ping.createLink();
    const payer = await openPayer(browser, app);
    const { page } = payer;
    await page.goto(link.checkoutUrl);
    assert.equal((await ping.call('PUT', `/payment_links/${link.id}/cancel`)).status, 204);
    await page.getByRole('button', { name: /by card/ }).click();
    await waitForHeading(page, headings.cancelled);
    await inspect(page, 'withdrawn');
    assert.deepEqual(await approvedPurchases(app, link.id), []);
    payer.assertUndisturbed();
    await payer.close();
  });

  it('that nobody made says no more than that', async () => {
    const payer = await openPayer(browser, app);
    const { page } = payer;
    const answer = await page.goto(`${app.url}/pay/${'A'.repeat(32)}`);
    assert.equal(answer?.status(), 404);
    await waitForHeading(page, headings.unknown);
    await inspect(page, 'unknown');
    payer.assertUndisturbed();
    await payer.close();
  });

  it('expires at the end of its due date in the shop’s time, and takes no payment from a page opened before', async () => {
    const clock = await sendJson(`${app.url}/v1/test-clock`, 'GET', app.native());
    const dueDate = String(new Date(Date.parse(clock.body.now) + 86_400_000).toISOString()).slice(0, 10);
    const link = await ping.createLink({ due_date: dueDate });
    const payer = await openPayer(browser, app);
    const { page } = payer;
    await page.goto(link.checkoutUrl);
    await inspect(page, 'checkout-due');
    const turned = await sendJson(`${app.url}/v1/test-clock/advance`, 'POST', app.native(), { by: 'P3D' });
    assert.equal(turned.status, 200);
    await page.getByRole('button', { name: /by card/ }).click();
    await waitForHeading(page, headings.expired);
    await inspect(page, 'expired');
    assert.equal((await ping.call('GET', `/payment_links/${link.id}`)).body.status, 'EXPIRED');
    assert.deepEqual(await approvedPurchases(app, link.id), []);
    await assertAuditGreen(app);
    payer.assertUndisturbed();
    await payer.close();
  });
});
