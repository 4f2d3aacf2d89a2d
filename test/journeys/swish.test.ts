/** Payers with Swish: by a code on a desk, by the app on a phone, by phone number, and what becomes of each. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { manualClock } from '#kit/clock.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { openBrowser } from '#test/support/browser.ts';
import { type CreatedLink, type PingClient, pingClient } from '#test/support/ping-client.ts';
import { approvedPurchases, assertChargedOnce } from './books.ts';
import { headings, inspect, openPayer, waitForHeading } from './payer.ts';

const clock = manualClock(new Date('2026-03-02T09:00:00Z'));
let browser: Browser;
let app: TestApp;
let ping: PingClient;

before(async () => {
  [browser, app] = await Promise.all([openBrowser(), startTestApp({ clock })]);
  ping = pingClient(app);
});
after(async () => {
  await browser.close();
  await app.stop();
});

const desk = { viewport: { width: 1280, height: 900 } };

async function makeLink(language = 'EN', message?: string): Promise<CreatedLink> {
  const parameters = message === undefined ? {} : { swish_message: message };
  return ping.createLink({
    language,
    payment_provider_methods: [
      { provider: 'swish', method: 'm_commerce', parameters },
      { provider: 'dummy', method: 'dummy' },
    ],
  });
}

/** Whether payments wait for a person at the phone, or are approved after two seconds. */
async function setMode(mode: 'wait' | 'auto'): Promise<void> {
  const response = await fetch(`${app.simulatorUrl}/phone`, {
    method: 'POST',
    body: new URLSearchParams({ mode }),
  });
  assert.equal(response.status, 200);
}

/** Lets time pass for everybody, and does what has become due of it. */
async function turn(byMs: number): Promise<void> {
  clock.advance(byMs);
  for (const { tenant } of app.tenants) await app.app.core.work.drain(tenant.id);
}

async function statusesOf(link: CreatedLink): Promise<string[]> {
  const { payments } = (await ping.call('GET', `/payment_orders/${link.orderId}`)).body;
  return payments.map((payment: { status: string }) => payment.status).toSorted();
}

describe('a payer with Swish', () => {
  it('scans the code on a desk, approves, and has a receipt', async () => {
    const link = await makeLink('SE');
    const payer = await openPayer(browser, app, { ...desk, locale: 'sv-SE' });
    const { page } = payer;
    await page.goto(link.checkoutUrl);
    await inspect(page, 'swish-checkout');
    await page.getByRole('button', { name: /med Swish/ }).click();
    await waitForHeading(page, 'Godkänn betalningen i Swish');
    assert.ok(await page.getByRole('img', { name: 'Kod att skanna med Swish' }).isVisible());
    await inspect(page, 'swish-code');
    await turn(2_000);
    await waitForHeading(page, /Tack/);
    assert.match((await page.locator('main').textContent()) ?? '', /Swish/);
    await assertChargedOnce(app, link.id);
    payer.assertUndisturbed();
    await payer.close();
  });

  it('opens the app on a phone by a link that brings them back', async () => {
    const link = await makeLink();
    const payer = await openPayer(browser, app, { javaScriptEnabled: false });
    const { page } = payer;
    await page.goto(link.checkoutUrl);
    await page.getByRole('button', { name: /with Swish/ }).click();
    const href = await page.getByRole('link', { name: 'Open Swish' }).getAttribute('href');
    const query = new URL(href ?? '').searchParams;
    assert.match(query.get('token') ?? '', /^[0-9A-Za-z]{16,}$/);
    await turn(2_000);
    await page.goto(query.get('callbackurl') ?? '');
    await waitForHeading(page, headings.paid);
    assert.equal(page.url(), link.checkoutUrl);
    await assertChargedOnce(app, link.id);
    await payer.close();
  });

  it('declines on the phone, is told so, and pays another way', async () => {
    await setMode('wait');
    const link = await makeLink('SE', 'Avboka');
    const payer = await openPayer(browser, app, desk);
    const { page } = payer;
    await page.goto(link.checkoutUrl);
    await page.getByRole('button', { name: /med Swish/ }).click();
    await waitForHeading(page, 'Godkänn betalningen i Swish');
    const phone = await payer.openTab();
    await phone.goto(`${app.simulatorUrl}/phone`);
    await inspect(phone, 'swish-phone');
    await phone
      .getByRole('listitem')
      .filter({ hasText: 'Avboka' })
      .getByRole('button', { name: 'Decline' })
      .click();
    await page.getByRole('alert').waitFor();
    assert.match((await page.getByRole('alert').textContent()) ?? '', /gick inte igenom/);
    assert.deepEqual(await approvedPurchases(app, link.id), []);
    await page.getByRole('button', { name: /Testbetala/ }).click();
    await waitForHeading(page, /Tack/);
    assert.deepEqual(await statusesOf(link), ['COMPLETED', 'DECLINED']);
    payer.assertUndisturbed();
    await payer.close();
    await setMode('auto');
  });

  it('does nothing until the time is over, then is found by phone number', async () => {
    await setMode('wait');
    const link = await makeLink();
    const payer = await openPayer(browser, app, desk);
    const { page } = payer;
    await page.goto(link.checkoutUrl);
    await page.getByRole('button', { name: /with Swish/ }).click();
    await waitForHeading(page, 'Approve the payment in Swish');
    await turn(330_000);
    await page.getByRole('alert').waitFor();
    assert.deepEqual(await statusesOf(link), ['EXPIRED']);

    await page.getByLabel('Mobile number').fill('0700');
    await page.getByRole('button', { name: /with Swish/ }).click();
    await page.getByText('This is not a mobile number').waitFor();
    assert.equal(await page.getByLabel('Mobile number').inputValue(), '0700');
    await inspect(page, 'swish-number-wrong');
    await page.getByLabel('Mobile number').fill('070-000 00 09');
    await page.getByRole('button', { name: /with Swish/ }).click();
    await waitForHeading(page, 'Approve the payment in Swish');
    assert.equal(await page.getByRole('img', { name: /Code to scan/ }).count(), 0);
    const phone = await payer.openTab();
    await phone.goto(`${app.simulatorUrl}/phone`);
    await phone
      .getByRole('listitem')
      .filter({ hasText: '+46700000009' })
      .getByRole('button', { name: 'Approve' })
      .click();
    await waitForHeading(page, headings.paid);
    assert.deepEqual(await statusesOf(link), ['COMPLETED', 'EXPIRED']);
    await assertChargedOnce(app, link.id);
    payer.assertUndisturbed();
    await payer.close();
    await setMode('auto');
  });

  it('waits with us while the bank gives no answer, and is charged once when it does', async () => {
    const link = await makeLink('EN', 'DS24');
    const payer = await openPayer(browser, app, desk);
    const { page } = payer;
    await page.goto(link.checkoutUrl);
    await page.getByRole('button', { name: /with Swish/ }).click();
    await waitForHeading(page, 'Approve the payment in Swish');
    await turn(2_000);
    await turn(15_000);
    await page.goto(link.checkoutUrl);
    await waitForHeading(page, 'We are confirming your payment');
    assert.equal(await page.getByRole('button', { name: /as a test/ }).count(), 0);
    assert.deepEqual(await statusesOf(link), ['PENDING']);
    for (let turns = 0; turns < 4; turns += 1) await turn(10_000);
    await waitForHeading(page, headings.paid);
    await assertChargedOnce(app, link.id);
    payer.assertUndisturbed();
    await payer.close();
  });

  it('takes the payment back and pays another way; the request on the phone is gone', async () => {
    await setMode('wait');
    const link = await makeLink('EN', 'Taken back');
    const payer = await openPayer(browser, app, desk);
    const { page } = payer;
    await page.goto(link.checkoutUrl);
    await page.getByRole('button', { name: /with Swish/ }).click();
    await page.getByRole('button', { name: 'Pay another way' }).click();
    await page.getByRole('alert').waitFor();
    assert.match((await page.getByRole('alert').textContent()) ?? '', /was cancelled/);
    assert.ok(!(await (await fetch(`${app.simulatorUrl}/phone`)).text()).includes('Taken back'));
    await page.getByRole('button', { name: /as a test/ }).click();
    await waitForHeading(page, headings.paid);
    assert.deepEqual(await statusesOf(link), ['ABORTED', 'COMPLETED']);
    payer.assertUndisturbed();
    await payer.close();
    await setMode('auto');
  });
});
