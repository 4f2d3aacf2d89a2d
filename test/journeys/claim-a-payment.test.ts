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
import { sendJson } from '#test/support/ping-client.ts';

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

const native = (method: string, path: string, body?: unknown) =>
  sendJson(`${app.url}/v1${path}`, method, app.native(), body);

/** Far longer than any page takes. */
const patienceMs = 60_000;

/** A payment, and the browser of its payer on its page. */
interface Opened {
  readonly id: string;
  readonly page: Page;
  readonly url: string;
}

async function openPayment(replaced: Record<string, unknown>): Promise<Opened> {
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
  const url = `${shop.base}/checkout?token=${token}`;
  await page.goto(url);
  return { id, page, url };
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

/** A payer confirms what is only held, and is back in the shop. */
async function openHeld(contact: string): Promise<Opened> {
  const { id, page, url } = await openPayment({ cardCaptureMode: 'MANUAL' });
  await claim(page, contact);
  await pay(page, 'Confirm by card');
  assert.equal(await shop.statusOf(id), 'AUTHORISED');
  return { id, page, url };
}

/** Looks at the page again when all is over, and goes back to the shop from there. */
async function readAfterwards(
  { page, url }: Pick<Opened, 'page' | 'url'>,
  text: string,
  way: string,
): Promise<void> {
  await page.goto(url);
  await page.getByText(text).waitFor();
  await page.getByRole('link', { name: 'Back to' }).click();
  await page.waitForURL(receiver.url + way);
  await page.context().close();
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
    const { id, page } = await openHeld('+46700000042');
    assert.equal((await shop.call('POST', `/payments/${id}/capture`)).body.status, 'PENDING');
    await page.context().close();
  });

  it('confirms what is only held, and the shop lets it go: the payer reads that it was cancelled', async () => {
    const { id, page, url } = await openHeld('+46700000043');
    const { status, body } = await shop.call('POST', `/payments/${id}/cancel`);
    assert.deepEqual([status, body.status], [200, 'CANCELLED']);
    await readAfterwards({ page, url }, 'This payment was cancelled.', '/cancel');
  });

  it('confirms what is only held, and it lapses after seven days: the payer reads that it was cancelled', async () => {
    const { id, page, url } = await openHeld('+46700000044');
    await native('POST', '/test-clock/advance', { by: 'P7DT1H' });
    assert.equal(await shop.statusOf(id), 'CANCELLED');
    await readAfterwards({ page, url }, 'This payment was cancelled.', '/cancel');
  });

  it('pays, is denied, and reads that the money goes back, as it does', async () => {
    const { id, page, url } = await openPayment({});
    await claim(page, 'denied-in-a-browser@example.com');
    await pay(page, 'Pay by card');
    const { paymentId } = (await native('POST', `/claims/${id}/deny`, { reason: 'out of stock' })).body;
    assert.equal(await shop.statusOf(id), 'DENIED');
    await app.app.core.work.drain(app.tenants[0]?.tenant.id as never);
    assert.equal((await native('GET', `/payments/${paymentId}`)).body.refunded, 1000);
    await readAfterwards({ page, url }, 'What you paid goes back to your card.', '/failure');
  });

  it('cancels, and is back in the shop', async () => {
    const { id, page } = await openPayment({});
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.waitForURL(`${receiver.url}/cancel`);
    assert.equal(await shop.statusOf(id), 'CANCELLED');
    await page.context().close();
  });
});
