/** A payer with a browser: looks at pages closely, and complains of what a careful one would. */
import assert from 'node:assert/strict';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { TestApp } from '#test/support/app.ts';
import { assertAccessible } from '#test/support/axe.ts';
import { takeScreenshot } from '#test/support/screenshot.ts';

export interface Payer {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Opens another tab, watched like the first. */
  openTab(): Promise<Page>;
  /** Asserts that nothing was refused by a page's policy, no script failed, and nobody else was asked for anything. */
  assertUndisturbed(): void;
  close(): Promise<void>;
}

export const goodCard = '4111111111111111';
export const declinedCard = '4999999999999236';

/** Far longer than any page takes; a button that is not there should be told soon. */
const patienceMs = 60_000;

/** What a browser says of a page that is an error by its status. */
const expected = /^Failed to load resource: the server responded with a status of 4(04|22|10)/;

export async function openPayer(
  browser: Browser,
  app: TestApp,
  options: BrowserContextOptions = {},
): Promise<Payer> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 800 },
    locale: 'en-GB',
    ...options,
  });
  context.setDefaultTimeout(patienceMs);
  const complaints: string[] = [];
  const origins = [app.url, app.simulatorUrl].map((url) => `${new URL(url).origin}/`);
  const openTab = async (): Promise<Page> => {
    const page = await context.newPage();
    page.on('console', (message) => {
      if (!expected.test(message.text())) complaints.push(`console: ${message.text()} on ${page.url()}`);
    });
    page.on('pageerror', (error) => complaints.push(`error: ${error.message} on ${page.url()}`));
    page.on('request', (request) => {
      if (!origins.some((origin) => request.url().startsWith(origin)))
        complaints.push(`request: ${request.url()} on ${page.url()}`);
    });
    return page;
  };
  return {
    page: await openTab(),
    context,
    openTab,
    assertUndisturbed: () => assert.deepEqual(complaints, []),
    close: () => context.close(),
  };
}

const screens = [
  { name: 'phone', width: 360 },
  { name: 'desktop', width: 1280 },
] as const;

/** Holds the page to what every page must be, on a phone and on a desk, and saves a picture of each. */
export async function inspect(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const screen of screens) {
    await page.setViewportSize({ width: screen.width, height: 800 });
    await assertAccessible(page);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    assert.ok(Number(overflow) <= 0, `${name} is ${overflow} px wider than a ${screen.name}`);
    await takeScreenshot(page, `journey-${name}-${screen.name}`);
  }
  if (before !== null) await page.setViewportSize(before);
}

/** Presses the checkout's card button and lands on the processor's page. */
export async function chooseCard(page: Page): Promise<void> {
  await page.getByRole('button', { name: /by card|med kort/ }).click();
  await page.getByLabel('Card number').waitFor();
}

/** Fills in the processor's form and presses its Pay. */
export async function payByCard(page: Page, number: string): Promise<void> {
  await fillCard(page, number);
  await page.getByRole('button', { name: 'Pay' }).click();
}

export async function fillCard(page: Page, number: string): Promise<void> {
  await page.getByLabel('Card number').fill(number);
  await page.getByLabel('Name on card').fill('Bertil Jönsson');
  await page.getByLabel('Expires').fill('1239');
  await page.getByLabel('Security code').fill('123');
}

/** Waits for the page whose heading this is. */
export async function waitForHeading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('heading', { name, level: 1 }).waitFor();
}

export const headings = {
  paid: 'Thank you, your payment is complete',
  underWay: 'You have a payment under way',
  expired: 'This payment link has expired',
  cancelled: 'This payment link has been withdrawn',
  unknown: 'We cannot find this payment link',
} as const;
