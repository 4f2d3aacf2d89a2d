import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from '#test/support/browser.ts';
import { servePages } from './fixtures/serve-pages.ts';
import { failedView, openView, paidView, pendingView } from './fixtures/views.ts';
import type { Html } from './html.ts';
import { renderPage } from './render-page.ts';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

const pagePath = openView('en').urls.page;
const paid = renderPage(paidView('en'));
const pending = renderPage({ ...pendingView('en'), pollSeconds: 1 });

/** Answers with each page in turn, the last one for ever. */
function inTurn(...pages: readonly Html[]): () => Html | undefined {
  let next = 0;
  return () => pages[Math.min(next++, pages.length - 1)];
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with scripts' : 'without scripts';

  test(`${how} each button posts its method and the page's attempt to the same address`, async () => {
    const open = renderPage(openView('en'));
    await using server = await servePages((path) => (path === pagePath ? open : undefined));
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    for (const label of ['by card', 'with Swish', 'as a test']) {
      await page.goto(server.origin + pagePath);
      const landed = page.waitForEvent('load');
      await page.getByRole('button', { name: label }).click();
      await landed;
    }
    const expected = ['method=card', 'phone=&method=swish', 'method=dummy'].map(
      (rest) => `attempt=attempt-1&${rest}`,
    );
    assert.deepEqual(server.posts, expected);
    await context.close();
  });

  test(`${how} a declined payment is said to be declined and can be tried again on the same page`, async () => {
    const failed = renderPage(failedView('en'));
    await using server = await servePages((path) => (path === pagePath ? failed : undefined));
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(server.origin + pagePath);
    assert.match(
      (await page.getByRole('alert').textContent()) ?? '',
      /did not go through.*No money has been taken/s,
    );
    const landed = page.waitForEvent('load');
    await page.getByRole('button', { name: 'by card' }).click();
    await landed;
    assert.equal(server.posts.length, 1);
    await context.close();
  });

  test(`${how} the pending page follows the payment to its receipt by itself`, async () => {
    const states = ['pending', 'paid'];
    const next = javaScriptEnabled ? inTurn(pending, paid) : inTurn(pending, pending, paid);
    await using server = await servePages((path) => {
      if (path === pagePath) return next();
      if (path !== `${pagePath}/status`) return undefined;
      return { contentType: 'application/json', text: JSON.stringify({ state: states.shift() ?? 'paid' }) };
    });
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(server.origin + pagePath);
    await page.getByRole('heading', { name: 'You have a payment under way' }).waitFor();
    await page.getByRole('heading', { name: 'Thank you, your payment is complete' }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Download receipt (PDF)' }).count(), 1);
    await context.close();
  });
}

test('a double click posts once, and after Back the buttons work again', async () => {
  const open = renderPage(openView('en'));
  await using server = await servePages((path) =>
    path === pagePath ? open : path === '/elsewhere' ? paid : undefined,
  );
  const page = await browser.newPage();
  const landing = () => page.waitForEvent('load');
  await page.goto(server.origin + pagePath);
  const first = landing();
  await page.getByRole('button', { name: 'by card' }).dblclick();
  await first;
  await page.goto(`${server.origin}/elsewhere`);
  assert.equal(server.posts.length, 1);
  await page.goBack();
  const second = landing();
  await page.getByRole('button', { name: 'by card' }).click();
  await second;
  assert.equal(server.posts.length, 2);
  await page.close();
});

test('a page brought back out of the browser’s cache has working buttons again', async () => {
  const open = renderPage(openView('en'));
  await using server = await servePages((path) => (path === pagePath ? open : undefined));
  const page = await browser.newPage();
  await page.goto(server.origin + pagePath);
  await page.evaluate("addEventListener('submit', (event) => event.preventDefault())");
  const button = page.getByRole('button', { name: 'by card' });
  await button.click();
  await page.locator('button:disabled').first().waitFor();
  await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
  assert.equal(await button.isEnabled(), true);
  await page.close();
});
