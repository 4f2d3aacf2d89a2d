/** A tenant that has its cards taken by Verifone: its payers meet another page, and everything else is as ever. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { openBrowser } from '#test/support/browser.ts';
import { type PingClient, pingClient, sendJson } from '#test/support/ping-client.ts';
import { payCardsAtVerifone } from '#test/support/verifone.ts';
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

before(async () => {
  [browser, app] = await Promise.all([openBrowser(), startTestApp()]);
  ping = pingClient(app);
  await payCardsAtVerifone(app);
});

after(async () => {
  await browser.close();
  await app.stop();
});

describe('a payer whose card is taken by Verifone', () => {
  it('pays on its page, comes back to a receipt, and gets a refund', async () => {
    const link = await ping.createLink();
    const payer = await openPayer(browser, app);
    const { page } = payer;
    await page.goto(link.checkoutUrl);
    await chooseCard(page);
    assert.match(page.url(), /\/hpp\//);
    await inspect(page, 'verifone');
    await payByCard(page, goodCard);
    await waitForHeading(page, headings.paid);
    await assertChargedOnce(app, link.id);
    assert.deepEqual(
      (await approvedPurchases(app, link.id)).map((row) => row.connector),
      ['verifone'],
    );

    const { body } = await sendJson(`${app.url}/v1/links/${link.id}`, 'GET', app.native());
    const refunds = `${app.url}/v1/payments/${body.paymentId}/refunds`;
    const refund = await sendJson(refunds, 'POST', app.native(), { amount: 4_000 });
    assert.equal(refund.status, 201);
    assert.equal(refund.body.status, 'approved');
    await assertAuditGreen(app);
    payer.assertUndisturbed();
    await payer.close();
  });

  it('has one card declined and pays with another on the same page', async () => {
    const link = await ping.createLink();
    const payer = await openPayer(browser, app);
    const { page } = payer;
    await page.goto(link.checkoutUrl);
    await chooseCard(page);
    await payByCard(page, declinedCard);
    await page.getByRole('alert').waitFor();
    await payByCard(page, goodCard);
    await waitForHeading(page, headings.paid);
    await assertChargedOnce(app, link.id);
    payer.assertUndisturbed();
    await payer.close();
  });

  it('has three cards declined, comes back, and pays at the second attempt', async () => {
    const link = await ping.createLink();
    const payer = await openPayer(browser, app);
    const { page } = payer;
    await page.goto(link.checkoutUrl);
    await chooseCard(page);
    for (let tried = 0; tried < 3; tried += 1) await payByCard(page, declinedCard);
    await chooseCard(page);
    await payByCard(page, goodCard);
    await waitForHeading(page, headings.paid);
    await assertChargedOnce(app, link.id);
    payer.assertUndisturbed();
    await payer.close();
  });

  it('presses Cancel, and may begin again at once: the page that was left is closed', async () => {
    const link = await ping.createLink();
    const payer = await openPayer(browser, app);
    const { page } = payer;
    await page.goto(link.checkoutUrl);
    await chooseCard(page);
    const left = page.url();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: /by card/ }).waitFor();
    assert.equal((await page.request.get(left)).status(), 410);
    await chooseCard(page);
    await payByCard(page, goodCard);
    await waitForHeading(page, headings.paid);
    await assertChargedOnce(app, link.id);
    payer.assertUndisturbed();
    await payer.close();
  });
});
