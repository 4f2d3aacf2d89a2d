import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { assertAccessible } from '#test/support/axe.ts';
import { openBrowser } from '#test/support/browser.ts';
import { takeScreenshot } from '#test/support/screenshot.ts';
import { type Served, servePages } from './fixtures/serve-pages.ts';
import { everyView, sek } from './fixtures/views.ts';
import type { Html } from './html.ts';
import { renderBrandCss } from './render-brand-css.ts';
import { renderHome } from './render-home.ts';
import { renderInbox } from './render-inbox.ts';
import { renderPage } from './render-page.ts';
import { languages } from './texts.ts';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

const pages = new Map<string, Html>([
  ...languages.flatMap((language) =>
    everyView(language).map((view): [string, Html] => [`${view.state}-${language}`, renderPage(view)]),
  ),
  [
    'inbox',
    renderInbox({
      homeUrl: '/',
      messages: [
        {
          id: '2',
          channel: 'sms',
          to: '+46 70 123 45 67',
          text: 'Södermalms Djurklinik: 1 683,00 kr att betala senast 20 december. Betala här: http://localhost:4000/pay/kq3Vw9cT0aXnB7rYpLz2Ug. Tack!',
          status: 'sent',
          createdAt: '2026-11-20T09:40:00Z',
        },
        {
          id: '1',
          channel: 'email',
          to: 'anna@example.com',
          subject: 'Betalning till Södermalms Djurklinik',
          text: 'Hej Anna!\n\nHär kan du betala 1 683,00 kr till Södermalms Djurklinik:\n\nhttp://localhost:4000/pay/kq3Vw9cT0aXnB7rYpLz2Ug\n\nVänliga hälsningar\nSödermalms Djurklinik',
          status: 'sent',
          createdAt: '2026-11-20T09:39:00Z',
        },
      ],
    }),
  ],
  [
    'home',
    renderHome({
      links: [
        { title: 'Hälsoundersökning hund, Demo One', amount: sek(14000n), url: '/pay/x' },
        { title: 'Vaccination katt, Demo Two', amount: sek(49500n), url: '/pay/y' },
      ],
      urls: { inbox: '/inbox', docs: '/docs', demoJson: '/demo.json', audit: '/v1/audit' },
    }),
  ],
]);

function answer(path: string): Served | undefined {
  if (path.endsWith('brand.css'))
    return { contentType: 'text/css', text: renderBrandCss({ name: '', colour: '#2f6f4f' }) };
  if (path.endsWith('status')) return { contentType: 'application/json', text: '{"state":"pending"}' };
  return pages.get(path.slice(1));
}

for (const width of [360, 1280])
  for (const scheme of ['light', 'dark'] as const) {
    test(`shots ${width} ${scheme}`, async () => {
      await using server = await servePages(answer);
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: scheme });
      const page = await context.newPage();
      for (const name of pages.keys()) {
        await page.goto(`${server.origin}/${name}`);
        await assertAccessible(page);
        if (scheme === 'light' || name === 'open-sv' || name === 'inbox')
          await takeScreenshot(page, `${name}-${width}-${scheme}`);
      }
      await context.close();
    });
  }
