import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { assertAccessible } from '#test/support/axe.ts';
import { openBrowser } from '#test/support/browser.ts';
import { type NativeServer, startNative } from '#test/support/native-server.ts';
import { takeScreenshot } from '#test/support/screenshot.ts';

let server: NativeServer;
let browser: Browser;
let base: string;

before(async () => {
  [server, browser] = await Promise.all([startNative(), openBrowser()]);
  base = await server.server.listen({ port: 0, host: '127.0.0.1' });
});

after(async () => {
  await browser.close();
  await server.close();
});

test('the reference can be read by everybody, on a wide screen and a narrow one, by day and by night', async () => {
  for (const [name, width, colorScheme] of [
    ['wide', 1100, 'light'],
    ['narrow', 360, 'dark'],
  ] as const) {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    const foreign: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(base)) foreign.push(request.url());
    });
    for (const path of ['/docs', '/docs/errors', '/docs/native', '/docs/ping']) {
      await page.goto(`${base}${path}`);
      await assertAccessible(page);
      await takeScreenshot(page, `reference-${name}${path.replaceAll('/', '-')}`);
      const excess = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      assert.equal(excess, 0, `${path} is wider than its ${name} screen`);
    }
    assert.deepEqual(foreign, []);
    await page.close();
  }
});
