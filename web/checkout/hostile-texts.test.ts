import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '#test/support/browser.ts';
import { hostileTexts } from './fixtures/hostile-texts.ts';
import { servePages } from './fixtures/serve-pages.ts';
import { everyView, home, inbox, remindersView } from './fixtures/views.ts';
import { type Html, html } from './html.ts';
import { renderBrandCss } from './render-brand-css.ts';
import { renderHome } from './render-home.ts';
import { renderInbox } from './render-inbox.ts';
import { renderPage } from './render-page.ts';
import { renderReminders } from './render-reminders.ts';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

/** What a tenant or payer cannot choose: our own words and numbers, and the shapes façades check on the way in. */
const own = new Set(
  'language state problem methods method currency minor quantity vatPercent dueDate paidAt createdAt timeZone channel urls page kind funding issuedOn'.split(
    ' ',
  ),
);

/** The same view with `text` in every place a stranger can fill. */
function fill<T>(value: T, text: string): T {
  if (typeof value === 'string') return text as T;
  if (Array.isArray(value)) return value.map((one) => fill(one, text)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const filled = Object.entries(value).map(([key, one]) => [key, own.has(key) ? one : fill(one, text)]);
  return Object.fromEntries(filled) as T;
}

/** One page of every kind. */
function pagesWith(text: string): readonly Html[] {
  const views = everyView('en').filter(
    (view) => !['failed', 'cancelled', 'unknown-link'].includes(view.state),
  );
  return [
    ...views.map((view) => renderPage(fill(view, text))),
    renderReminders(fill(remindersView('en'), text)),
    renderInbox(fill(inbox, text)),
    renderHome(fill(home, text)),
  ];
}

interface Stage {
  readonly dialogs: readonly string[];
  /** Has the browser parse a whole page, scripts and all; much faster than a navigation. */
  readonly show: (markup: string) => Promise<Page>;
}

/** A page without any policy, so that escaping has to hold alone. */
async function openStage(origin: string): Promise<Stage> {
  const page = await browser.newPage({ bypassCSP: true });
  const dialogs: string[] = [];
  page.on('dialog', async (dialog) => {
    dialogs.push(dialog.message());
    await dialog.dismiss();
  });
  await page.goto(origin);
  const show = async (markup: string) => {
    await page.evaluate(`document.open(); document.write(${JSON.stringify(markup)}); document.close()`);
    return page;
  };
  return { dialogs, show };
}

/** All elements but the links an inbox makes of web addresses, which are meant. */
const countElements = 'document.querySelectorAll("*:not(.text a)").length';

test('60 hostile texts in every field of every page are shown as they are, run nothing and add no element', async () => {
  assert.equal(hostileTexts.length, 60);
  await using server = await servePages((path) => (path === '/' ? html`` : undefined));
  const { dialogs, show } = await openStage(server.origin);
  const expected: unknown[] = [];
  for (const plain of pagesWith('plain'))
    expected.push(await (await show(String(plain))).evaluate(countElements));
  for (const text of hostileTexts) {
    for (const [index, hostile] of pagesWith(text).entries()) {
      const page = await show(String(hostile));
      assert.equal(await page.evaluate(countElements), expected[index], `page ${index} with ${text}`);
      assert.ok((await page.textContent('body'))?.includes(text), `page ${index} does not show ${text}`);
    }
  }
  assert.deepEqual(dialogs, []);
});

test('the same texts run on a page that does not escape them', async () => {
  await using server = await servePages((path) => (path === '/' ? html`` : undefined));
  const { dialogs, show } = await openStage(server.origin);
  for (const text of hostileTexts.slice(0, 24)) {
    await show(`<!doctype html><title>${text}</title><p title="${text}">${text}</p>`);
  }
  assert.ok(dialogs.length >= 15, `only ${dialogs.length} ran`);
});

test('no hostile text gets into a tenant’s stylesheet, and none becomes an address', () => {
  for (const text of hostileTexts) {
    assert.equal(renderBrandCss({ name: text, colour: text }), '');
    assert.equal(String(html`<a href="${text}">x</a>`), '<a href="about:invalid">x</a>');
  }
});
