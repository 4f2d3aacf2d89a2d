/** A tenant's logo, as a payer's browser gets it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type Json, type PingClient, pingClient, sendJson } from '#test/support/ping-client.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

let app: TestApp;
let ping: PingClient;
let shop: Server;
let shopUrl: string;
/** Paths the shop's server was asked for. */
const asked: string[] = [];

const files: Readonly<Record<string, { status?: number; type: string; body: string | Buffer }>> = {
  '/logo.png': { type: 'application/octet-stream', body: png },
  '/logo.svg': { type: 'image/svg+xml; charset=utf-8', body: svg },
  '/page.png': { type: 'image/png', body: '<html><script>alert(1)</script></html>' },
  '/huge.png': { type: 'image/png', body: Buffer.concat([png, Buffer.alloc(300_000)]) },
  '/gone.png': { status: 404, type: 'image/png', body: png },
  '/moved.png': { status: 302, type: 'image/png', body: png },
};

before(async () => {
  app = await startTestApp();
  ping = pingClient(app);
  shop = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const { status = 200, type = '', body = '' } = files[path] ?? {};
    response.writeHead(status, { 'content-type': type, location: '/logo.png' }).end(body);
  });
  shop.listen(0, '127.0.0.1');
  await once(shop, 'listening');
  shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
});
after(async () => {
  await app.stop();
  shop.closeAllConnections();
  shop.close();
});

async function setLogo(logoUrl: string | null): Promise<Json> {
  return sendJson(`${app.url}/v1/tenant`, 'PATCH', app.native(), { brand: { logoUrl } });
}

/** The logo's address on the page of a new link, and what is there. */
async function open(replaced: Record<string, unknown> = {}): Promise<Response> {
  const { checkoutUrl } = await ping.createLink(replaced);
  const page = await (await fetch(checkoutUrl)).text();
  const sources = [...page.matchAll(/<img src="([^"]+)"/g)].map(([, source]) => source);
  assert.deepEqual(sources, [`${new URL(checkoutUrl).pathname}/logo`]);
  return fetch(`${checkoutUrl}/logo`);
}

it('comes from our own address, is fetched once for all, and is what its bytes are', async () => {
  assert.equal((await setLogo(`${shopUrl}/logo.png`)).status, 200);
  const logos = await Promise.all(Array.from({ length: 8 }, () => open()));
  for (const logo of logos) {
    assert.equal(logo.status, 200);
    assert.equal(logo.headers.get('content-type'), 'image/png');
    assert.equal(logo.headers.get('x-content-type-options'), 'nosniff');
    assert.deepEqual(Buffer.from(await logo.arrayBuffer()), png);
  }
  assert.deepEqual(asked, ['/logo.png']);
});

it('of a link goes before the tenant’s', async () => {
  const logo = await open({ logo_image_link: `${shopUrl}/logo.svg` });
  assert.equal(logo.headers.get('content-type'), 'image/svg+xml');
});

it('that is an SVG runs nothing when it is opened by itself', async () => {
  const logo = await open({ logo_image_link: `${shopUrl}/logo.svg` });
  assert.match(logo.headers.get('content-security-policy') ?? '', /^default-src 'none'; .*sandbox$/);
});

it('can be the picture itself', async () => {
  assert.equal((await setLogo(`data:image/png;base64,${png.toString('base64')}`)).status, 200);
  assert.deepEqual(Buffer.from(await (await open()).arrayBuffer()), png);
  assert.equal((await setLogo(null)).status, 200);
});

it('that is no picture, too large, gone or elsewhere is not shown, and the page is', async () => {
  for (const path of ['/page.png', '/huge.png', '/gone.png', '/moved.png', '/nothing'])
    assert.equal((await open({ logo_image_link: shopUrl + path })).status, 404, path);
});

it('leads to no inner address, however it is written', async () => {
  const inner = ['https://127.0.0.1/a.png', 'https://10.0.0.1/', 'https://[::1]/', `${app.url}/v1/tenant`];
  for (const logoUrl of inner) {
    const refused = await setLogo(logoUrl);
    assert.equal(refused.status, 422, logoUrl);
    assert.equal(refused.body.errors[0].property, 'brand.logoUrl');
    assert.equal((await open({ logo_image_link: logoUrl })).status, 404, logoUrl);
  }
  for (const logoUrl of ['data:text/html;base64,PGI+', 'data:image/png;base64,PGI+', 'javascript:alert(1)'])
    assert.equal((await setLogo(logoUrl)).status, 422, logoUrl);
});
