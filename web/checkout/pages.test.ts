import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type Language, languages } from '#kit/language.ts';
import { assertAccessible } from '#test/support/axe.ts';
import { openBrowser } from '#test/support/browser.ts';
import { takeScreenshot } from '#test/support/screenshot.ts';
import { assetPath, assets } from './assets.ts';
import { type Served, servePages } from './fixtures/serve-pages.ts';
import {
  everyView,
  home,
  inbox,
  keepsCardView,
  openView,
  phoneProblemView,
  remindersView,
  swishView,
} from './fixtures/views.ts';
import type { Html } from './html.ts';
import { renderBrandCss } from './render-brand-css.ts';
import { renderHome } from './render-home.ts';
import { renderInbox } from './render-inbox.ts';
import { renderPage } from './render-page.ts';
import { renderReminders } from './render-reminders.ts';
import { renderTrouble } from './render-trouble.ts';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

const pages = new Map<string, Html>([
  ...languages.flatMap((language) =>
    everyView(language).map((view): [string, Html] => [`${view.state}-${language}`, renderPage(view)]),
  ),
  ...languages.map((language): [string, Html] => [`trouble-${language}`, renderTrouble({ language })]),
  ...languages.map((language): [string, Html] => [
    `reminders-${language}`,
    renderReminders(remindersView(language)),
  ]),
  ...languages.flatMap((language): [string, Html][] => [
    [`swish-${language}`, renderPage(swishView(language))],
    [`keeps-card-${language}`, renderPage(keepsCardView(language))],
    [`phone-problem-${language}`, renderPage(phoneProblemView(language))],
  ]),
  ['inbox', renderInbox(inbox)],
  ['home', renderHome(home)],
]);

const brandCss = renderBrandCss(openView('sv').brand);

function answer(path: string): Served | undefined {
  if (path.endsWith('/brand.css')) return { contentType: 'text/css', text: brandCss };
  // A page that waits asks how the payment went, should the machine be slow.
  if (path.endsWith('/status'))
    return { contentType: 'application/json', text: JSON.stringify({ state: 'pending' }) };
  return pages.get(path.slice(1));
}

/** Everything a browser complains of (refused by the policy, broken script, missing file) and every foreign request. */
function watch(page: Page, origin: string): readonly string[] {
  const seen: string[] = [];
  page.on('console', (message) => seen.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => seen.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:')) seen.push(`request: ${url}`);
  });
  return seen;
}

async function assertFits(page: Page, name: string): Promise<void> {
  const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
  assert.ok(Number(overflow) <= 0, `${name} is ${overflow} px wider than the screen`);
}

interface Screen extends BrowserContextOptions {
  readonly name: string;
  readonly width: number;
  /** Languages whose pages are shown on it; the shortest and the longest words tell most. */
  readonly spoken: readonly Language[];
}

const screens: readonly Screen[] = [
  { name: 'phone', width: 360, spoken: languages },
  { name: 'phone in dark mode', width: 360, colorScheme: 'dark', spoken: ['sv'] },
  { name: 'desktop', width: 1280, spoken: ['de'] },
];

for (const { name, width, spoken, ...options } of screens) {
  const shown = [...pages.keys()].filter((path) =>
    languages.every((language) => spoken.includes(language) || !path.endsWith(`-${language}`)),
  );
  test(`on a ${name} every page in ${spoken.join(', ')} is accessible, fits, keeps to its policy and asks no one else`, async () => {
    await using server = await servePages(answer);
    const context = await browser.newContext({ ...options, viewport: { width, height: 800 } });
    const page = await context.newPage();
    const seen = watch(page, server.origin);
    for (const path of shown) {
      await page.goto(`${server.origin}/${path}`);
      // Colours are the same in every language, and looking at them is most of the work.
      await assertAccessible(page, /-(?:en|fi|nb|da)$/.test(path) ? ['color-contrast'] : []);
      await assertFits(page, path);
      if (/(?:-sv|-de|inbox|home)$/.test(path))
        await takeScreenshot(page, `${path}-${name.replaceAll(' ', '-')}`);
    }
    assert.deepEqual(seen, []);
    await context.close();
  });
}

test('without scripts every page in sv fits, keeps to its policy and asks no one else', async () => {
  await using server = await servePages(answer);
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 360, height: 800 },
  });
  const page = await context.newPage();
  const seen = watch(page, server.origin);
  for (const path of [...pages.keys()].filter((one) => one.endsWith('-sv'))) {
    await page.goto(`${server.origin}/${path}`);
    await assertFits(page, path);
  }
  assert.deepEqual(seen, []);
  await context.close();
});

test('the choice of language opens without a script, is accessible when open, and leads to the same page in each', async () => {
  const paths = new Map(languages.map((one) => [`/pay/sample?language=${one}`, pages.get(`open-${one}`)]));
  await using server = await servePages((path) => paths.get(path) ?? answer(path));
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 360, height: 800 },
  });
  const page = await context.newPage();
  await page.goto(`${server.origin}/pay/sample?language=sv`);
  for (const [language, name] of [
    ['fi', 'Suomi'],
    ['de', 'Deutsch'],
    ['sv', 'Svenska'],
  ] as const) {
    await page.locator('.languages summary').click();
    await assertFits(page, 'the open choice of language');
    await takeScreenshot(page, `languages-open-before-${language}`);
    await page.getByRole('link', { name, exact: true }).click();
    await page.locator(`html[lang="${language}"]`).waitFor();
    assert.equal(await page.locator('[aria-current="true"]').textContent(), name);
  }
  await context.close();
  const scripted = await browser.newPage({ viewport: { width: 360, height: 800 } });
  await scripted.goto(`${server.origin}/pay/sample?language=sv`);
  await scripted.locator('.languages summary').click();
  await assertAccessible(scripted);
  await scripted.close();
});

test('on paper there is the bill or the receipt, and nothing to press', async () => {
  await using server = await servePages(answer);
  const page = await browser.newPage({ viewport: { width: 794, height: 1000 } });
  await page.emulateMedia({ media: 'print' });
  for (const path of ['open-sv', 'paid-de']) {
    await page.goto(`${server.origin}/${path}`);
    for (const pressed of ['button', '.button', 'summary', '.return a'])
      for (const found of await page.locator(pressed).all())
        assert.equal(await found.isVisible(), false, `${pressed} on ${path}`);
    assert.equal(await page.locator('.items').isVisible(), true);
    await assertFits(page, path);
    await takeScreenshot(page, `print-${path}`);
  }
  await page.close();
});

test('a page that breaks the policy, asks a stranger or is not accessible is found out', async () => {
  const text =
    '<!doctype html><title>x</title><img src="http://127.0.0.1:1/x.png"><p onclick="x()">x</p><script>alert(1)</script>';
  await using server = await servePages(() => ({ contentType: 'text/html', text }));
  const page = await browser.newPage();
  const seen = watch(page, server.origin);
  await page.goto(server.origin);
  assert.ok(seen.some((line) => line.startsWith('request: http://127.0.0.1:1/')));
  assert.ok(
    seen.some((line) => /Executing inline script violates/.test(line)),
    seen.join('\n'),
  );
  await assert.rejects(assertAccessible(page), /image-alt \(critical\)/);
  await page.close();
});

test('on the narrowest screen, at 320 px, a page of long words does not scroll sideways', async () => {
  const long = 'Överkänslighetsreaktionsutredning'.repeat(3);
  const view = openView('sv');
  const page = await browser.newPage({ viewport: { width: 320, height: 700 } });
  const brand = { ...view.brand, name: long };
  const wide = renderPage({
    ...view,
    brand,
    reference: long,
    items: view.items.map((item) => ({ ...item, description: long })),
  });
  await using server = await servePages((path) => (path === '/' ? wide : answer(path)));
  await page.goto(server.origin);
  await assertFits(page, 'long words');
  await page.close();
});

test('the first view of every page with its style and script is under 50 kB, the script under 3 kB', () => {
  const shared = assets.reduce((sum, asset) => sum + asset.bytes.length, 0) + brandCss.length;
  for (const [name, page] of pages) {
    const size = Buffer.byteLength(String(page)) + shared;
    assert.ok(size < 50_000, `${name}: ${size} bytes`);
  }
  const script = assets.find((asset) => asset.path === assetPath('checkout.js'));
  assert.ok(script !== undefined && script.bytes.length <= 3_000);
});

test('no page may be framed by another site, and the one without the policy could be', async () => {
  const text = String(pages.get('open-sv'));
  await using checkout = await servePages((path) =>
    path === '/unguarded' ? { contentType: 'text/html; charset=utf-8', text, unguarded: true } : answer(path),
  );
  const frames = `<iframe src="${checkout.origin}/open-sv"></iframe><iframe src="${checkout.origin}/unguarded"></iframe>`;
  await using framer = await servePages(() => ({ contentType: 'text/html', text: frames, unguarded: true }));
  const page = await browser.newPage();
  await page.goto(framer.origin);
  const [, guarded, unguarded] = page.frames();
  assert.equal(await guarded?.locator('button').count(), 0);
  assert.equal(await unguarded?.locator('button').count(), 3);
  await page.close();
});
