/** From a shop's request to its redirect, through the payer's own browser, without a script. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { openBrowser } from '#test/support/browser.ts';
import { type CallbackReceiver, startCallbackReceiver } from '#test/support/callback-receiver.ts';
import {
  goodCard,
  type HihealthClient,
  hihealthClient,
  latestCode,
  samplePdf,
} from '#test/support/hihealth-client.ts';

let browser: Browser;
let app: TestApp;
let shop: HihealthClient;
let receiver: CallbackReceiver;
before(async () => {
  [browser, app, receiver] = await Promise.all([openBrowser(), startTestApp(), startCallbackReceiver()]);
  receiver.answer(200);
  shop = hihealthClient(app);
});
after(async () => {
  await browser.close();
  await app.stop();
  await receiver.close();
});

/** Far longer than any page takes. */
const patienceMs = 60_000;

async function openPayment(replaced: Record<string, unknown>): Promise<{ id: string; page: Page }> {
  const at = (path: string) => receiver.url + path;
  const merchantUrls = {
    successRedirect: at('/success'),
    failureRedirect: at('/failure'),
    cancelRedirect: at('/cancel'),
  };
  const { id, token } = await shop.create({ merchantUrls, ...replaced });
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  await page.goto(`${shop.base}/checkout?token=${token}`);
  return { id, page };
}

async function claim(page: Page, contact: string): Promise<void> {
  await page.getByLabel('E-mail address or phone number').fill(contact);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await page.getByRole('heading', { name: 'Enter your code' }).waitFor();
  await page.getByLabel('Code').fill(await latestCode(app, 0, contact));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'Check and confirm' }).waitFor();
}

/** Enters a good card on the processor's page and waits for the shop's own. */
async function pay(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  for (const [name, value] of [
    ['CardNumber', goodCard],
    ['CardHolderName', 'PAYER'],
    ['DateExpiry', '1239'],
    ['Cvc2', '123'],
  ])
    await page.locator(`[name=${name}]`).fill(value ?? '');
  await page.locator('button[value=pay]').click();
  await page.waitForURL(`${receiver.url}/success`);
}

describe('a payer who is sent to claim a payment', () => {
  it('proves who they are, uploads the prescription, pays, and is back in the shop', async () => {
    const { id, page } = await openPayment({ prescriptionRequired: true });
    await claim(page, 'journey@example.com');
    const file = { name: 'prescription.pdf', mimeType: 'application/pdf', buffer: Buffer.from(samplePdf) };
    await page.locator('[name=document]').setInputFiles(file);
    await page.getByRole('button', { name: 'Upload' }).click();
    await page.getByText('Your prescription is here').waitFor();
    await pay(page, 'Pay by card');
    assert.equal(await shop.statusOf(id), 'PENDING');
    await page.context().close();
  });

  it('confirms what is only held, and the shop captures it', async () => {
    const { id, page } = await openPayment({ cardCaptureMode: 'MANUAL' });
    await claim(page, '+46700000042');
    await pay(page, 'Confirm by card');
    assert.equal(await shop.statusOf(id), 'AUTHORISED');
    assert.equal((await shop.call('POST', `/payments/${id}/capture`)).body.status, 'PENDING');
    await page.context().close();
  });

  it('cancels, and is back in the shop', async () => {
    const { id, page } = await openPayment({});
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.waitForURL(`${receiver.url}/cancel`);
    assert.equal(await shop.statusOf(id), 'CANCELLED');
    await page.context().close();
  });
});
