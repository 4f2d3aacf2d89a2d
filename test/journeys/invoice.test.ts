/** A link that is paid at the payer's bank: what the payer sees, what the bank tells, what the shop is told. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type Bank, createInvoicedLink, openBank } from '#test/support/bank.ts';
import { openBrowser } from '#test/support/browser.ts';
import { type CallbackReceiver, startCallbackReceiver } from '#test/support/callback-receiver.ts';
import { type Json, type PingClient, pingClient } from '#test/support/ping-client.ts';
import { readPdfText } from '#web/checkout/fixtures/read-pdf-text.ts';
import { assertAuditGreen } from './books.ts';
import { headings, inspect, openPayer, waitForHeading } from './payer.ts';

let browser: Browser;
let app: TestApp;
let ping: PingClient;
let bank: Bank;
let receiver: CallbackReceiver;

before(async () => {
  [browser, app, receiver] = await Promise.all([openBrowser(), startTestApp(), startCallbackReceiver()]);
  ping = pingClient(app);
  bank = openBank(app);
});

after(async () => {
  await browser.close();
  await app.stop();
  await receiver.close();
});

const amount = 14_000;

describe('a payer who is sent an invoice', () => {
  it('finds number and account on the page and on paper, transfers, and both sides have a receipt', async () => {
    const link = await createInvoicedLink(ping, {
      language: 'SE',
      due_date: '2031-03-25',
      invoice_address: { city: 'Örebro', street_address: 'Nygatan 15', zip: '702 10' },
      payment_link_status_callback_url: `${receiver.url}/invoice-paid`,
    });
    const payer = await openPayer(browser, app, { locale: 'sv-SE' });
    const { page } = payer;
    await page.goto(link.checkoutUrl);
    await page.getByRole('heading', { name: 'Betala via din bank' }).waitFor();
    assert.ok((await page.locator('main').innerText()).includes(link.ocr));
    await inspect(page, 'invoice-open-sv');

    const address = await page.getByRole('link', { name: /faktura/i }).getAttribute('href');
    const paper = await page.request.get(new URL(address ?? '', page.url()).href);
    assert.equal(paper.headers()['content-type'], 'application/pdf');
    const text = readPdfText(await paper.body());
    for (const part of ['Faktura', link.ocr, '5050-1055', '140,00 kr', 'Nygatan 15', '25 mars 2031'])
      assert.ok(text.includes(part), `${part} is missing from:\n${text}`);

    assert.equal((await bank.deposit(link.ocr, amount)).body.matched, amount);
    await page.reload();
    await waitForHeading(page, /Tack/);
    assert.ok((await page.locator('main').innerText()).includes('Bankbetalning'));
    await inspect(page, 'invoice-paid-sv');
    const [callback] = await receiver.waitFor('/invoice-paid');
    assert.equal(JSON.parse(callback?.body ?? '{}').status, 'COMPLETED');
    await assertAuditGreen(app);
    payer.assertUndisturbed();
    await payer.close();
  });

  it('and transfers one öre too little sees what is left, is not offered a card, and is done with that öre', async () => {
    const link = await createInvoicedLink(ping);
    const payer = await openPayer(browser, app);
    const { page } = payer;
    await page.goto(link.checkoutUrl);
    await page.getByRole('button', { name: /by card/ }).waitFor();
    await bank.deposit(link.ocr, amount - 1);
    // The page from before offers the card still: pressing it leads to what is left, and charges nothing.
    await page.getByRole('button', { name: /by card/ }).click();
    await waitForHeading(page, 'A part of your payment has arrived');
    assert.equal(await page.getByRole('button', { name: /by card/ }).count(), 0);
    assert.match(await page.locator('main').innerText(), /Left to pay\s+SEK\s0\.01/);
    await inspect(page, 'invoice-short');
    await bank.deposit(link.ocr, 1);
    await page.reload();
    await waitForHeading(page, headings.paid);
    await assertAuditGreen(app);
    payer.assertUndisturbed();
    await payer.close();
  });

  it('and transfers one öre too much is told so, and is done once the shop has given it back', async () => {
    const link = await createInvoicedLink(ping);
    const { body: deposit } = await bank.deposit(link.ocr, amount + 1);
    const payer = await openPayer(browser, app);
    const { page } = payer;
    await page.goto(link.checkoutUrl);
    await waitForHeading(page, 'You have paid more than the amount');
    assert.match(await page.locator('main').innerText(), /Paid too much\s+SEK\s0\.01/);
    await inspect(page, 'invoice-over');
    const back = await bank.native('POST', `/deposits/${deposit.id}/returns`, { bankReference: 'back-17' });
    assert.deepEqual([back.status, back.body.returned], [201, 1]);
    await page.reload();
    await waitForHeading(page, headings.paid);
    assert.match(await page.locator('main').innerText(), /SEK\s140\.00/);
    await assertAuditGreen(app);
    payer.assertUndisturbed();
    await payer.close();
  });

  it('and lets it pass its due date finds the link expired; what is transferred after all still pays it', async () => {
    const { now } = (await bank.native('GET', '/test-clock')).body;
    const dueDate = new Date(Date.parse(now) + 86_400_000).toISOString().slice(0, 10);
    const link = await createInvoicedLink(ping, { due_date: dueDate });
    await bank.native('POST', '/test-clock/advance', { by: 'P3D' });
    const payer = await openPayer(browser, app);
    const { page } = payer;
    await page.goto(link.checkoutUrl);
    await waitForHeading(page, headings.expired);
    assert.equal((await page.request.get(`${link.checkoutUrl}/invoice.pdf`)).status(), 404);
    await bank.deposit(link.ocr, amount);
    await page.reload();
    await waitForHeading(page, headings.paid);
    const told: Json = (await ping.call('GET', `/payment_links/${link.id}`)).body;
    assert.equal(told.status, 'COMPLETED');
    await assertAuditGreen(app);
    payer.assertUndisturbed();
    await payer.close();
  });
});
