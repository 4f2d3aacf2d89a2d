/** Payment links of a practice system in the payer's browser: sent, paid, declined, run out, taken back, and a card kept or not. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { openBrowser } from '#test/support/browser.ts';
import { type Json, sendJson } from '#test/support/ping-client.ts';
import { provetClient } from '#test/support/provet-client.ts';
import { openPractice, type Practice } from '#test/support/provet-cloud.ts';
import { assertAuditGreen } from './books.ts';
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
let practice: Practice;
before(async () => {
  [browser, app] = await Promise.all([openBrowser(), startTestApp()]);
  practice = openPractice(app);
});
after(async () => {
  await browser.close();
  await app.stop();
});

const read = async (address: string): Promise<Json> => (await practice.call('GET', address)).body;

async function make(body: Json): Promise<Json> {
  const { status, body: made, text } = await practice.call('POST', '/postransaction/', body);
  assert.equal(status, 200, text);
  return made;
}

const statusOf = async (made: Json) =>
  (await read(`/postransaction/${made.id}/`)).payment_link.payment_status;
const inEnglish = (made: Json) => `${made.payment_link.url}?language=en`;

/** An invoice of its own over 30.05, by its address. */
async function openInvoice(number: string): Promise<string> {
  const invoice = { externalId: number, number, status: 3, client: 'bertil', department: 'surgery' };
  const answer = await practice.importPractice({
    invoices: [{ ...invoice, currency: 'SEK', total: 3_005, due: 3_005 }],
  });
  assert.equal(answer.status, 200, answer.text);
  return (await read(`/invoice/?invoice_number__is=${number}`)).results[0].url;
}

/** Opens the newest message of a kind about the link, and follows the link in it. */
async function openFromInbox(page: Page, kind: 'SMS' | 'E-mail', made: Json): Promise<void> {
  await page.goto(`${app.url}/inbox`);
  const { url } = made.payment_link;
  const message = page
    .getByRole('listitem')
    .filter({ hasText: kind })
    .filter({ has: page.getByRole('link', { name: url, exact: true }) });
  await message.first().getByRole('link', { name: url, exact: true }).click();
}

async function withPayer(work: (page: Page) => Promise<void>): Promise<void> {
  const payer = await openPayer(browser, app);
  await work(payer.page);
  payer.assertUndisturbed();
  await payer.close();
}

/** A client that nobody has had before, with the cards that are kept of it. */
async function openClient(externalId: string) {
  await practice.importPractice({ clients: [{ externalId, firstName: externalId }] });
  const find = async (): Promise<Json> => (await read(`/client/?external_id__is=${externalId}`)).results[0];
  const cards = async (): Promise<Json[]> => {
    const { payment_client: clientId } = await find();
    return clientId === null ? [] : provetClient(app).ask('GET', `/paymentmethods/clientid=${clientId}`);
  };
  return { id: (await find()).id, cards };
}

describe('a payer who is sent a payment link by a practice', () => {
  for (const kind of ['SMS', 'E-mail'] as const)
    it(`opens it from the ${kind}, pays, and nothing is due of the invoice any more`, () =>
      withPayer(async (page) => {
        const invoice = await openInvoice(`journey-${kind}`);
        const data = { email: undefined, delivery_method: 1 };
        const made = await make(practice.forInvoice({ invoice }, data));
        await app.app.core.work.drain(app.tenants[0]?.tenant.id ?? ('' as never));
        assert.equal((await read(`/postransaction/${made.id}/`)).payment_link.delivery_status, 2);
        assert.equal((await read(invoice)).due_sum, 30.05);
        await openFromInbox(page, kind, made);
        await chooseCard(page);
        await payByCard(page, goodCard);
        await waitForHeading(page, /Tack/);
        assert.equal(await statusOf(made), 5);
        const { due_sum: due, invoice_payed: isPaid } = await read(invoice);
        assert.deepEqual([due, isPaid], [0, true]);
      }));

  it('pays a prepayment, which is ready then', () =>
    withPayer(async (page) => {
      const made = await make(practice.prepayment());
      assert.equal((await read(made.unallocated_payment)).status, 'Pending');
      await page.goto(inEnglish(made));
      await inspect(page, 'provet-pay');
      await chooseCard(page);
      await payByCard(page, goodCard);
      await waitForHeading(page, headings.paid);
      const { status, amount_left: left } = await read(made.unallocated_payment);
      assert.deepEqual([status, left], ['Ready', 120.5]);
    }));

  it('is declined twice, pays by another card, and is led to the practice’s address as it was given', () =>
    withPayer(async (page) => {
      const returnUrl = `${app.url}/inbox?order=7&x=%20&y=a+b&z=%C3%A5&next=%2Fhome#paid%2Fnow`;
      const made = await make(practice.prepayment({}, { return_url: returnUrl }));
      await page.goto(inEnglish(made));
      for (let tried = 0; tried < 2; tried += 1) {
        await chooseCard(page);
        await payByCard(page, declinedCard);
        assert.match((await page.getByRole('alert').textContent()) ?? '', /did not go through/);
        assert.equal(await statusOf(made), 1);
      }
      const locations: (string | undefined)[] = [];
      page.on('response', (response) => locations.push(response.headers().location));
      await chooseCard(page);
      await payByCard(page, goodCard);
      await page.waitForURL(returnUrl);
      assert.equal(page.url(), returnUrl);
      assert.ok(locations.includes(returnUrl), 'byte for byte');
      assert.equal(await statusOf(made), 5);
    }));

  it('comes too late, by the tenant’s clock, and the prepayment has failed', () =>
    withPayer(async (page) => {
      const made = await make(practice.prepayment({}, { duration: 90 }));
      const advance = (by: string) =>
        sendJson(`${app.url}/v1/test-clock/advance`, 'POST', app.native(), { by });
      await advance('PT89M');
      assert.equal(await statusOf(made), 1);
      await advance('PT2M');
      await page.goto(inEnglish(made));
      await waitForHeading(page, headings.expired);
      assert.equal(await statusOf(made), 3);
      assert.equal((await read(made.unallocated_payment)).status, 'Failed');
    }));

  it('finds that the practice took it back', () =>
    withPayer(async (page) => {
      const made = await make(practice.prepayment());
      await page.goto(inEnglish(made));
      assert.equal((await practice.call('DELETE', `/postransaction/${made.id}/`)).status, 204);
      await page.reload();
      await waitForHeading(page, headings.cancelled);
      assert.equal(await statusOf(made), 4);
      assert.equal((await read(made.unallocated_payment)).status, 'Aborted');
    }));

  for (const consents of [true, false])
    it(`is asked whether to keep the card, ${consents ? 'agrees, and it is kept' : 'does not, and it is not'}`, () =>
      withPayer(async (page) => {
        const client = await openClient(`journey-${consents ? 'consenting' : 'unwilling'}`);
        const body = practice.prepayment({}, { tokenize: 'ask', recurring_model: 'subscription' });
        body.prepayment_data.client_id = client.id;
        const made = await make(body);
        await page.goto(inEnglish(made));
        const box = page.getByRole('checkbox');
        assert.equal(await box.isChecked(), false);
        if (consents) await box.check();
        await chooseCard(page);
        await payByCard(page, goodCard);
        await waitForHeading(page, headings.paid);
        assert.equal(await statusOf(made), 5);
        assert.equal((await client.cards()).length, consents ? 1 : 0);
      }));

  it('leaves books that balance', () => assertAuditGreen(app));
});
