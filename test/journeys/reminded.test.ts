/** A payer who lets a bill lie: reminded in the inbox, in two languages, and paying from there, or saying no more. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { openBrowser } from '#test/support/browser.ts';
import {
  type CreatedLink,
  type Json,
  type PingClient,
  pingClient,
  sendJson,
} from '#test/support/ping-client.ts';
import { assertChargedOnce } from './books.ts';
import { goodCard, inspect, openPayer, payByCard, waitForHeading } from './payer.ts';

let browser: Browser;
let app: TestApp;
let ping: PingClient;

before(async () => {
  [browser, app] = await Promise.all([openBrowser(), startTestApp()]);
  ping = pingClient(app);
  const reminders = { daysBefore: [2], daysAfter: [] };
  assert.equal((await sendJson(`${app.url}/v1/tenant`, 'PATCH', app.native(), { reminders })).status, 200);
});

after(async () => {
  await browser.close();
  await app.stop();
});

async function turnClock(by: string): Promise<void> {
  const answer = await sendJson(`${app.url}/v1/test-clock/advance`, 'POST', app.native(), { by });
  assert.equal(answer.status, 200);
}

/** A bill that is due in ten days, sent by SMS and e-mail. */
async function sendBill(language: string): Promise<CreatedLink> {
  const { body } = await sendJson(`${app.url}/v1/test-clock`, 'GET', app.native());
  const due_date = new Date(Date.parse(body.now) + 10 * 86_400_000).toISOString().slice(0, 10);
  const link = await ping.createLink({ language, due_date });
  const methods = ['sms', 'email'];
  assert.equal((await ping.call('PUT', `/payment_links/${link.id}/distribute`, { methods })).status, 204);
  return link;
}

async function remindersOf(link: CreatedLink): Promise<Json[]> {
  const { body } = await sendJson(`${app.url}/v1/messages?limit=200`, 'GET', app.native());
  return body.data.filter((one: Json) => one.linkId === link.id && one.kind === 'reminder');
}

/** The newest e-mail about the link in the inbox. */
function letterOf(page: Page, link: CreatedLink) {
  return page
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: link.checkoutUrl, exact: true }) })
    .filter({ hasText: 'E-mail' })
    .first();
}

const journeys = [
  {
    language: 'SE',
    locale: 'sv-SE',
    tag: 'sv',
    reminded: /Påminnelse: betalning till/,
    pay: /Betala .* med kort/,
    thanks: 'Tack, din betalning är klar',
    off: 'Påminnelserna är avstängda',
    turnOff: 'Stäng av påminnelser',
  },
  {
    language: 'FI',
    locale: 'fi-FI',
    tag: 'fi',
    reminded: /Muistutus maksusta:/,
    pay: /Maksa .* kortilla/,
    thanks: 'Kiitos, maksusi on valmis',
    off: 'Muistutukset on poistettu käytöstä',
    turnOff: 'Poista muistutukset käytöstä',
  },
] as const;

for (const { language, locale, tag, reminded, pay, thanks, off, turnOff } of journeys)
  describe(`a payer who reads ${tag} and lets a bill lie`, () => {
    it('is reminded once by each medium, pays from the reminder, and keeps a receipt in that language', async () => {
      const link = await sendBill(language);
      await turnClock('P9D');
      assert.deepEqual((await remindersOf(link)).map(({ channel }) => channel).toSorted(), ['email', 'sms']);
      const payer = await openPayer(browser, app, { locale });
      const { page } = payer;
      await page.goto(`${app.url}/inbox`);
      const letter = letterOf(page, link);
      await letter.getByRole('heading', { name: reminded }).waitFor();
      await letter.getByRole('link', { name: link.checkoutUrl, exact: true }).click();
      await page.locator(`html[lang="${tag}"]`).waitFor();
      await inspect(page, `reminded-${tag}`);
      await page.getByRole('button', { name: pay }).click();
      await payByCard(page, goodCard);
      await waitForHeading(page, thanks);
      assert.equal(await page.locator('html').getAttribute('lang'), tag);
      const pdf = await page.getByRole('link', { name: /PDF/ }).getAttribute('href');
      const bytes = await (await page.request.get(new URL(pdf ?? '', page.url()).href)).body();
      assert.ok(bytes.toString('latin1').includes(`/Lang (${tag})`));
      await assertChargedOnce(app, link.id);
      await turnClock('P5D');
      assert.equal((await remindersOf(link)).length, 2);
      payer.assertUndisturbed();
      await payer.close();
    });

    it('says no more from the reminder’s own address, without a script, and is left alone', async () => {
      const link = await sendBill(language);
      await turnClock('P9D');
      const payer = await openPayer(browser, app, { locale, javaScriptEnabled: false });
      const { page } = payer;
      await page.goto(`${app.url}/inbox`);
      await letterOf(page, link)
        .getByRole('link', { name: `${link.checkoutUrl}/reminders`, exact: true })
        .click();
      await page.getByRole('button', { name: turnOff }).waitFor();
      const scripted = await openPayer(browser, app, { locale });
      await scripted.page.goto(page.url());
      await inspect(scripted.page, `reminders-${tag}`);
      await scripted.close();
      await page.getByRole('button', { name: turnOff }).click();
      await waitForHeading(page, off);
      const next = await sendBill(language);
      await turnClock('P9D');
      assert.deepEqual(await remindersOf(next), []);
      assert.equal((await ping.call('GET', `/payment_links/${next.id}`)).body.sms_status, 'DELIVERED');
      await fetch(`${next.checkoutUrl}/reminders`, {
        method: 'POST',
        body: new URLSearchParams({ reminders: 'on' }),
      });
      payer.assertUndisturbed();
      await payer.close();
    });
  });

it('a payer who reads German pays a Swedish bill in German from the first page to the receipt', async () => {
  const link = await ping.createLink({ language: 'SE' });
  const payer = await openPayer(browser, app, { locale: 'de-DE' });
  const { page } = payer;
  await page.goto(link.checkoutUrl);
  await page.locator('.languages summary').click();
  await page.getByRole('link', { name: 'Deutsch' }).click();
  await page.getByRole('button', { name: /mit Karte bezahlen/ }).click();
  await payByCard(page, goodCard);
  await waitForHeading(page, 'Danke, Ihre Zahlung ist abgeschlossen');
  await assertChargedOnce(app, link.id);
  payer.assertUndisturbed();
  await payer.close();
});
