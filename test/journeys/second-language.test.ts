/** What the other journeys tell in one language, in a second: whatever becomes of a payment, its payer reads it in theirs. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { manualClock } from '#kit/clock.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type Bank, createInvoicedLink, openBank } from '#test/support/bank.ts';
import { openBrowser } from '#test/support/browser.ts';
import { type CreatedLink, type Json, type PingClient, pingClient } from '#test/support/ping-client.ts';
import { payCardsAtVerifone } from '#test/support/verifone.ts';
import { approvedPurchases, assertAuditGreen, assertChargedOnce } from './books.ts';
import { chooseCard, goodCard, headings, openPayer, type Payer, payByCard, waitForHeading } from './payer.ts';

const clock = manualClock(new Date('2026-03-02T09:00:00Z'));
const amount = 14_000;
const thanks = 'Tack, din betalning är klar';
let browser: Browser;
let app: TestApp;
let ping: PingClient;
let bank: Bank;

before(async () => {
  [browser, app] = await Promise.all([openBrowser(), startTestApp({ clock })]);
  ping = pingClient(app);
  bank = openBank(app);
  await payCardsAtVerifone(app);
});
after(async () => {
  await browser.close();
  await app.stop();
});

/** Opens the link as a payer does, on a desk, and closes the books and the browser after the story. */
async function visit(
  link: { readonly checkoutUrl: string },
  story: (payer: Payer) => Promise<void>,
  locale = 'sv-SE',
): Promise<void> {
  const payer = await openPayer(browser, app, { locale, viewport: { width: 1280, height: 900 } });
  await payer.page.goto(link.checkoutUrl);
  await story(payer);
  await assertAuditGreen(app);
  payer.assertUndisturbed();
  await payer.close();
}

async function swishLink(language: string, message: string): Promise<CreatedLink> {
  const parameters = { swish_message: message };
  return ping.createLink({
    language,
    payment_provider_methods: [
      { provider: 'swish', method: 'm_commerce', parameters },
      { provider: 'dummy', method: 'dummy' },
    ],
  });
}

/** Has requests wait for a person at the phone until the story is over. */
async function atThePhone(story: () => Promise<void>): Promise<void> {
  const setMode = (mode: string) =>
    fetch(`${app.simulatorUrl}/phone`, { method: 'POST', body: new URLSearchParams({ mode }) });
  assert.equal((await setMode('wait')).status, 200);
  await story().finally(() => setMode('auto'));
}

/** Lets time pass for everybody, and does what has become due of it. */
async function turn(byMs: number): Promise<void> {
  clock.advance(byMs);
  for (const { tenant } of app.tenants) await app.app.core.work.drain(tenant.id);
}

async function statusesOf({ orderId }: CreatedLink): Promise<string[]> {
  const { body } = await ping.call('GET', `/payment_orders/${orderId}`);
  return body.payments.map((payment: Json) => payment.status).toSorted();
}

describe('a payer with Swish', () => {
  it('declines, and reads so in English', async () => {
    const link = await swishLink('EN', 'Declined');
    await atThePhone(() =>
      visit(
        link,
        async ({ page, openTab }) => {
          await page.getByRole('button', { name: /with Swish/ }).click();
          await waitForHeading(page, 'Approve the payment in Swish');
          const phone = await openTab();
          await phone.goto(`${app.simulatorUrl}/phone`);
          const request = phone.getByRole('listitem').filter({ hasText: 'Declined' });
          await request.getByRole('button', { name: 'Decline' }).click();
          await page.getByRole('alert').waitFor();
          assert.match((await page.getByRole('alert').textContent()) ?? '', /did not go through/);
        },
        'en-GB',
      ),
    );
    assert.deepEqual(await statusesOf(link), ['DECLINED']);
    assert.deepEqual(await approvedPurchases(app, link.id), []);
  });

  it('does nothing until the time is over, and reads in Swedish that no money has been taken', async () => {
    const link = await swishLink('SE', 'Glömd');
    await atThePhone(() =>
      visit(link, async ({ page }) => {
        await page.getByRole('button', { name: /med Swish/ }).click();
        await waitForHeading(page, 'Godkänn betalningen i Swish');
        await turn(330_000);
        await page.getByRole('alert').waitFor();
        assert.match((await page.getByRole('alert').textContent()) ?? '', /Inga pengar har dragits/);
      }),
    );
    assert.deepEqual(await statusesOf(link), ['EXPIRED']);
  });

  it('waits in Swedish while the bank gives no answer, and pays once a person has found out that it never came', async () => {
    const link = await swishLink('SE', 'DS24');
    await visit(link, async ({ page }) => {
      await page.getByRole('button', { name: /med Swish/ }).click();
      await waitForHeading(page, 'Godkänn betalningen i Swish');
      await turn(2_000);
      await turn(15_000);
      await page.goto(link.checkoutUrl);
      await waitForHeading(page, 'Vi bekräftar din betalning');
      const [unknown] = (await bank.native('GET', '/operations/unknown')).body.data;
      const found = { outcome: 'declined', by: 'A. Berg', reason: 'not on the account by the third day' };
      const resolved = await bank.native('POST', `/operations/${unknown.id}/resolution`, found);
      assert.equal(resolved.status, 200, resolved.text);
      await page.getByRole('alert').waitFor();
      assert.match((await page.getByRole('alert').textContent()) ?? '', /gick inte igenom/);
      await page.getByRole('button', { name: /Testbetala/ }).click();
      await waitForHeading(page, thanks);
    });
    assert.deepEqual(await statusesOf(link), ['COMPLETED', 'DECLINED']);
  });
});

it('a payer whose card is taken by Verifone pays in Swedish', async () => {
  const link = await ping.createLink({ language: 'SE' });
  await visit(link, async ({ page }) => {
    await chooseCard(page);
    assert.match(page.url(), /\/hpp\//);
    await payByCard(page, goodCard);
    await waitForHeading(page, thanks);
  });
  await assertChargedOnce(app, link.id);
});

describe('a payer of an invoice', () => {
  it('pays it by its OCR number, and has a receipt in English', async () => {
    const link = await createInvoicedLink(ping);
    await visit(
      link,
      async ({ page }) => {
        await page.getByRole('heading', { name: 'Pay at your bank' }).waitFor();
        assert.ok((await page.locator('main').innerText()).includes(link.ocr));
        await bank.deposit(link.ocr, amount);
        await page.reload();
        await waitForHeading(page, headings.paid);
        assert.ok((await page.locator('main').innerText()).includes('Bank transfer'));
      },
      'en-GB',
    );
  });

  it('is one öre short, and reads in Swedish what is left', async () => {
    const link = await createInvoicedLink(ping, { language: 'SE' });
    await bank.deposit(link.ocr, amount - 1);
    await visit(link, async ({ page }) => {
      await waitForHeading(page, 'En del av din betalning har kommit fram');
      assert.match(await page.locator('main').innerText(), /Kvar att betala\s+0,01\skr/);
      await bank.deposit(link.ocr, 1);
      await page.reload();
      await waitForHeading(page, thanks);
    });
  });

  it('is one öre over, and reads in Swedish what is too much', async () => {
    const link = await createInvoicedLink(ping, { language: 'SE' });
    const { body: deposit } = await bank.deposit(link.ocr, amount + 1);
    await visit(link, async ({ page }) => {
      await waitForHeading(page, 'Du har betalat mer än beloppet');
      assert.match(await page.locator('main').innerText(), /För mycket betalt\s+0,01\skr/);
      await bank.native('POST', `/deposits/${deposit.id}/returns`, { bankReference: 'tillbaka-17' });
      await page.reload();
      await waitForHeading(page, thanks);
    });
  });
});

it('a payer who comes after the due date reads in Swedish that the link has expired, and cannot pay', async () => {
  const link = await ping.createLink({ language: 'SE', due_date: '2026-03-03' });
  await turn(3 * 86_400_000);
  await visit(link, async ({ page }) => {
    await waitForHeading(page, 'Betalningslänken har gått ut');
    assert.equal(await page.getByRole('button').count(), 0);
  });
});
