/** Whatever a payer does with the browser, a link is charged once: told by the processor's own book. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { openBrowser } from '#test/support/browser.ts';
import { type CreatedLink, type PingClient, pingClient } from '#test/support/ping-client.ts';
import { assertChargedOnce } from './books.ts';
import {
  chooseCard,
  fillCard,
  goodCard,
  headings,
  inspect,
  openPayer,
  type Payer,
  payByCard,
  waitForHeading,
} from './payer.ts';

let browser: Browser;
let app: TestApp;
let ping: PingClient;

before(async () => {
  [browser, app] = await Promise.all([openBrowser(), startTestApp()]);
  ping = pingClient(app);
});

after(async () => {
  await browser.close();
  await app.stop();
});

interface Visit {
  readonly link: CreatedLink;
  readonly payer: Payer;
  readonly page: Page;
}

async function visit(options: Parameters<typeof openPayer>[2] = {}): Promise<Visit> {
  const link = await ping.createLink();
  const payer = await openPayer(browser, app, options);
  await payer.page.goto(link.checkoutUrl);
  return { link, payer, page: payer.page };
}

/** Without scripts the second click may be answered while the first is still at work: then the page says how to go on. */
async function arriveAtCard(page: Page): Promise<void> {
  const card = page.getByLabel('Card number');
  const onwards = page.getByRole('link', { name: 'Continue the payment' });
  await card.or(onwards).first().waitFor();
  if (await onwards.isVisible()) await onwards.click();
  await card.waitFor();
}

async function leaveHavingPaidOnce({ link, payer }: Visit): Promise<void> {
  await assertChargedOnce(app, link.id);
  const { payments } = (await ping.call('GET', `/payment_orders/${link.orderId}`)).body;
  assert.deepEqual(
    payments.map((payment: { status: string }) => payment.status),
    ['COMPLETED'],
  );
  payer.assertUndisturbed();
  await payer.close();
}

for (const javaScriptEnabled of [true, false]) {
  describe(`a link paid ${javaScriptEnabled ? 'with' : 'without'} scripts is charged once`, () => {
    it('when the payer double-clicks the method and the processor’s Pay', async () => {
      const visited = await visit({ javaScriptEnabled });
      const { page } = visited;
      await page.getByRole('button', { name: /by card/ }).dblclick();
      await arriveAtCard(page);
      await fillCard(page, goodCard);
      await page.getByRole('button', { name: 'Pay' }).dblclick();
      await waitForHeading(page, headings.paid);
      await leaveHavingPaidOnce(visited);
    });

    it('when the payer goes Back from the processor’s page and pays again', async () => {
      const visited = await visit({ javaScriptEnabled });
      const { page } = visited;
      await chooseCard(page);
      const first = page.url();
      await page.goBack();
      await waitForHeading(page, headings.underWay);
      await page.getByRole('link', { name: 'Continue the payment' }).click();
      await page.getByLabel('Card number').waitFor();
      assert.equal(page.url(), first, 'the payment that was under way goes on');
      await payByCard(page, goodCard);
      await waitForHeading(page, headings.paid);
      await leaveHavingPaidOnce(visited);
    });

    it('when the payer goes Back from the receipt to the processor’s page', async () => {
      const visited = await visit({ javaScriptEnabled });
      const { page } = visited;
      await chooseCard(page);
      await payByCard(page, goodCard);
      await waitForHeading(page, headings.paid);
      await page.goBack();
      await waitForHeading(page, headings.paid);
      await leaveHavingPaidOnce(visited);
    });

    it('when it is open in two tabs and both press Pay', async () => {
      const visited = await visit({ javaScriptEnabled });
      const [one, two] = [visited.page, await visited.payer.openTab()];
      await two.goto(visited.link.checkoutUrl);
      await chooseCard(one);
      await chooseCard(two);
      assert.equal(two.url(), one.url(), 'both tabs are at the same payment');
      await payByCard(one, goodCard);
      await waitForHeading(one, headings.paid);
      await payByCard(two, goodCard);
      await waitForHeading(two, headings.paid);
      await leaveHavingPaidOnce(visited);
    });

    it('when a second tab still shows the unpaid page and presses Pay after it was paid', async () => {
      const visited = await visit({ javaScriptEnabled });
      const [one, two] = [visited.page, await visited.payer.openTab()];
      await two.goto(visited.link.checkoutUrl);
      await chooseCard(one);
      await payByCard(one, goodCard);
      await waitForHeading(one, headings.paid);
      await two.getByRole('button', { name: /by card/ }).click();
      await waitForHeading(two, headings.paid);
      await leaveHavingPaidOnce(visited);
    });

    it('when the payer reloads the waiting page, which follows by itself, and the receipt', async () => {
      const visited = await visit({ javaScriptEnabled });
      const [one, two] = [visited.page, await visited.payer.openTab()];
      await chooseCard(one);
      await two.goto(visited.link.checkoutUrl);
      await waitForHeading(two, headings.underWay);
      if (javaScriptEnabled) await inspect(two, 'under-way');
      await two.reload();
      await waitForHeading(two, headings.underWay);
      await payByCard(one, goodCard);
      await waitForHeading(one, headings.paid);
      await waitForHeading(two, headings.paid);
      await one.reload();
      await waitForHeading(one, headings.paid);
      await leaveHavingPaidOnce(visited);
    });
  });
}

it('another method is not started while a card payment is under way', async () => {
  const visited = await visit();
  const [one, two] = [visited.page, await visited.payer.openTab()];
  await two.goto(visited.link.checkoutUrl);
  await chooseCard(one);
  await two.getByRole('button', { name: 'as a test' }).click();
  await two.getByLabel('Card number').waitFor();
  assert.equal(two.url(), one.url(), 'the payer is led to the payment under way');
  await payByCard(two, goodCard);
  await waitForHeading(two, headings.paid);
  await leaveHavingPaidOnce(visited);
});
