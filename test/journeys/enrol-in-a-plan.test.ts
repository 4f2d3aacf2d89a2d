/** A clinic's clients enrol in wellness plans with a browser; then two years go by. ENROL_DAYS=29,30,31 starts more of them. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { localDate } from '#kit/calendar.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { openBrowser } from '#test/support/browser.ts';
import { addDays, addMonths, type Day, print } from '#test/support/calendar-oracle.ts';
import { type Json, sendJson } from '#test/support/ping-client.ts';
import { monthlyPlan, type ProvetClient, provetClient } from '#test/support/provet-client.ts';
import { assertAuditGreen } from './books.ts';
import { fillCard, goodCard, inspect, openPayer, waitForHeading } from './payer.ts';

let browser: Browser;
let app: TestApp;
let provet: ProvetClient;

before(async () => {
  [browser, app] = await Promise.all([openBrowser(), startTestApp()]);
  provet = provetClient(app);
});

after(async () => {
  await browser.close();
  await app.stop();
});

const zone = 'Europe/Stockholm';
/** The days of January on which plans begin. */
const startDays = (process.env.ENROL_DAYS ?? '31').split(',').map(Number);
const heading = monthlyPlan.Description;

/** The days on which a plan that began on `day` takes money until `until`, counted by hand. */
const intervals: Readonly<Record<string, (day: Day, cycle: number) => Day>> = {
  Monthly: addMonths,
  Fortnightly: (day, cycle) => addDays(day, 14 * cycle),
  Quarterly: (day, cycle) => addMonths(day, 3 * cycle),
  Yearly: (day, cycle) => addMonths(day, 12 * cycle),
};

function datesUntil(start: Day, add: (day: Day, cycle: number) => Day, until: string): string[] {
  const dates: string[] = [];
  for (let date = print(start); date <= until; date = print(add(start, dates.length))) dates.push(date);
  return dates;
}

async function openPlan(fields: Json): Promise<{ id: string; url: string }> {
  const made = await provet.ask('POST', '/wellness/subscription/', { ...monthlyPlan, ...fields });
  return { id: made.SubscriptionId, url: made.Url };
}

/** Enters a card on the processor's page, which takes money or only checks it, and comes back to the plan's own. */
async function enterCard(page: Page, holder?: string): Promise<void> {
  await fillCard(page, goodCard);
  if (holder !== undefined) await page.getByLabel('Name on card').fill(holder);
  await page.locator('button[value=pay]').click();
}

describe('a client who enrols at the end of a month', () => {
  it('is charged for two years on the days of the calendar, in every interval', async () => {
    const payer = await openPayer(browser, app);
    const plans: { id: string; start: Day; every: string }[] = [];
    for (const day of startDays) {
      await provet.advance({ to: `2027-01-${day}T09:30:00Z` });
      for (const every of Object.keys(intervals)) {
        const { id, url } = await openPlan({ Interval: every, IntervalCount: 4, AutoRenew: true });
        await payer.page.goto(url);
        await enterCard(payer.page);
        await waitForHeading(payer.page, heading);
        plans.push({ id, every, start: { year: 2027, month: 1, day } });
      }
    }
    await inspect(payer.page, 'plan-active');
    await provet.advance({ to: '2029-02-15T12:00:00Z' });
    const paid = await provet.ask(
      'GET',
      '/wellness/subscription/payments/startDate=2027-01-01&endDate=2029-02-15&pageSize=1000',
    );
    for (const { id, every, start } of plans) {
      const mine = paid.filter((one: Json) => one.SubscriptionId === id);
      assert.ok(mine.every((one: Json) => one.Success));
      const dates = mine.map((one: Json) => localDate(new Date(one.Date), zone)).toSorted();
      const wanted = datesUntil(start, intervals[every] ?? addMonths, '2029-02-15');
      assert.deepEqual(dates, wanted, `${every} from ${print(start)}`);
    }
    payer.assertUndisturbed();
    await payer.close();
    await assertAuditGreen(app);
  });
});

describe('a client whose card is declined', () => {
  it('is told, opens the page in the message, enters another card there and pays what is owed', async () => {
    const { id, url } = await openPlan({ Interval: 'Weekly', IntervalCount: 10 });
    const payer = await openPayer(browser, app);
    const { page } = payer;
    await page.goto(url);
    await enterCard(page, 'SIM LATER 51');
    await waitForHeading(page, heading);
    await provet.advance({ by: 'P7DT1H' });
    await page.goto(await linkInMessage());
    await page.getByText('The last payment failed').waitFor();
    await inspect(page, 'plan-owing');
    await provet.advance({ by: 'P3D' });
    await page.reload();
    await page.getByText('Suspended: payments failed').waitFor();
    await inspect(page, 'plan-suspended');
    await page.getByRole('button', { name: 'Enter another card' }).click();
    await page.getByLabel('Card number').waitFor();
    await enterCard(page);
    await waitForHeading(page, heading);
    await page.getByRole('button', { name: 'Pay now' }).click();
    await page.getByText('Nothing is owed').waitFor();
    assert.equal((await provet.subscription(id)).Status, 'Active');
    payer.assertUndisturbed();
    await payer.close();
    await assertAuditGreen(app);
  });
});

/** The address in the latest message. */
async function linkInMessage(): Promise<string> {
  const { body } = await sendJson(`${app.url}/v1/messages`, 'GET', app.native());
  const found = /https?:\/\/\S+\/plan\/\S+/.exec(body.data[0]?.text ?? '')?.[0];
  assert.ok(found !== undefined, body.data[0]?.text);
  return found;
}
