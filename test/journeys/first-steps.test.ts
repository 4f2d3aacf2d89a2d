/** Production from nothing, as docs/operations.md has it: a stranger, a terminal and HTTP. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { freePort } from '#test/support/free-port.ts';
import { type Json, linkBody, sendJson } from '#test/support/ping-client.ts';
import { runMain, type ServerProcess, startServerProcess } from '#test/support/server-process.ts';
import { openShop } from '#test/support/shop.ts';
import { demoMasterKey } from '../../src/config.ts';

/** Lends its simulators, and knows the credentials that everybody knows. */
let demo: TestApp;
let server: ServerProcess;
let directory: string;
let environment: Record<string, string>;
let tenantId: string;
let native: Record<string, string>;
let ping: Record<string, string>;
let merchantId: string;

const organisation = ['--name', 'Djurkliniken', '--country', 'SE', '--zone', 'Europe/Stockholm'];
const openOrganisation = (...args: string[]) => runMain(['open-organisation', ...args], environment);
const ask = (method: string, path: string, body?: unknown, headers = native) =>
  sendJson(`${server.url}${path}`, method, headers, body);

before(async () => {
  demo = await startTestApp();
  directory = await mkdtemp(join(tmpdir(), 'quittance-first-'));
  const port = await freePort();
  environment = {
    QUITTANCE_EMBEDDED: 'allow',
    QUITTANCE_DATA: directory,
    QUITTANCE_MASTER_KEY: randomBytes(32).toString('base64'),
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    LOG_LEVEL: 'error',
  };
});

after(async () => {
  await server?.kill();
  await demo?.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Asserts that a command ended with exit code 1 and one sentence that names what to mend. */
async function assertRefused(args: string[], changed: Record<string, string>, named: string): Promise<void> {
  const { code, stdout, stderr } = await runMain(args, { ...environment, ...changed });
  assert.equal(code, 1, stderr);
  assert.match(stderr, /^[^\n]+\.\n$/);
  assert.ok(stderr.includes(named), stderr);
  assert.equal(stdout, '');
}

describe('the first steps in production', () => {
  it('a start that lacks something, or has something wrong, is refused in one sentence', async () => {
    const wrong: [changed: Record<string, string>, named: string][] = [
      [{ QUITTANCE_EMBEDDED: '' }, 'DATABASE_URL'],
      [{ PORT: 'http' }, 'PORT'],
      [{ QUITTANCE_MASTER_KEY: '' }, 'QUITTANCE_MASTER_KEY'],
      [{ QUITTANCE_MASTER_KEY: demoMasterKey.toString('base64') }, 'QUITTANCE_MASTER_KEY'],
      [{ DATABASE_URL: `postgres://localhost:${await freePort()}/quittance` }, 'ECONNREFUSED'],
    ];
    for (const [changed, named] of wrong) await assertRefused(['serve'], changed, named);
    await assertRefused(['sreve'], {}, 'serve');
  });

  it('an organisation is opened with four options, each of which is refused by name', async () => {
    const wrong: [args: string[], named: string][] = [
      [[], '--name'],
      [organisation, '--mode'],
      [[...organisation, '--mode', 'both'], '--mode'],
      [[...organisation, '--mode', 'test', '--country', 'Sweden'], '--country'],
      [[...organisation, '--mode', 'test', '--zone', 'Mars/Olympus'], '--zone'],
      [[...organisation, '--mode', 'test', '--owner', 'x'], 'four options'],
    ];
    for (const [args, named] of wrong) await assertRefused(['open-organisation', ...args], {}, named);
    const demoKey = { QUITTANCE_MASTER_KEY: demoMasterKey.toString('base64') };
    await assertRefused(['open-organisation', ...organisation, '--mode', 'live'], demoKey, 'demo');
  });

  it('its first key is printed once, and opens the server that is started then', async () => {
    const { code, stdout, stderr } = await openOrganisation(...organisation, '--mode', 'test');
    assert.deepEqual([code, stderr], [0, '']);
    const key = /\bqk_test_\S+/.exec(stdout)?.[0] ?? '';
    tenantId = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(stdout)?.[0] ?? '';
    native = { authorization: `Bearer ${key}` };
    server = await startServerProcess({
      port: Number(environment.PORT),
      directory,
      command: 'serve',
      environment,
    });
    const { status, body } = await ask('GET', '/v1/tenant');
    assert.deepEqual([status, body.id, body.name, body.mode], [200, tenantId, 'Djurkliniken', 'test']);
  });

  it('the key sets up a processor account, a merchant and credentials for the shop’s software', async () => {
    const account = {
      pxPayUserId: 'Clinic_PxPay',
      pxPayKey: randomBytes(32).toString('hex'),
      postUsername: 'Clinic_PxPost',
      postPassword: randomBytes(12).toString('hex'),
      baseUrl: demo.simulatorUrl,
    };
    const connector = await ask('PUT', '/v1/connectors/windcave', { account, methods: ['card'] });
    assert.deepEqual([connector.status, connector.body.serves], [200, ['card']]);
    const merchant = await ask('POST', '/v1/merchants', { name: 'Djurkliniken Örebro' });
    assert.equal(merchant.status, 201);
    merchantId = merchant.body.id;
    const credential = await ask('POST', '/v1/credentials', { facade: 'ping' });
    assert.equal(credential.status, 201);
    ping = { tenant_id: credential.body.lookup, 'x-api-secret': credential.body.secret };
  });

  it('a link is paid by card on the processor’s page, and there is a receipt', async () => {
    const shop = openShop({
      url: () => server.url,
      pingHeaders: ping,
      nativeHeaders: native,
      merchantId,
    });
    const order = await shop.createOrder();
    const { status, body: made } = await shop.createLink({ orderId: order.body.id, amount: 45_000 });
    assert.equal(status, 200, JSON.stringify(made));
    const page = await shop.pressPay(made.checkout_url, 'card');
    assert.ok(page.startsWith(demo.simulatorUrl), page);
    const back = await shop.enterCard(page);
    assert.ok(back.startsWith(`${server.url}/return/`), back);
    assert.equal(await shop.visit(back), 303);
    const { body: link } = await shop.link(made.id);
    assert.equal(link.status, 'completed');
    const { body: payment } = await shop.payment(link.paymentId);
    assert.deepEqual(
      [payment.status, payment.captured, payment.connector],
      ['completed', 45_000, 'windcave'],
    );
    const receipt = await fetch(`${made.checkout_url}/receipt.pdf`);
    assert.equal(receipt.headers.get('content-type'), 'application/pdf');
    assert.match(await receipt.text(), /^%PDF-/);
    assert.equal((await ask('GET', '/v1/audit')).body.ok, true);
  });

  it('nothing of the demo is there: no pages, no keys that everybody knows', async () => {
    for (const path of ['/', '/demo.json', '/demo.env', '/demo/audit', '/inbox'])
      assert.equal((await fetch(`${server.url}${path}`)).status, 404, path);
    assert.equal((await ask('GET', '/v1/tenant', undefined, demo.native())).status, 401);
    assert.equal((await ask('GET', '/api/v1/payment_links', undefined, demo.ping())).status, 401);
  });

  it('a callback to this machine is refused by the name of its property, and nobody is connected to', async (t) => {
    let connections = 0;
    const inside = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
    t.after(() => inside.close());
    const { port } = inside.address() as { port: number };
    const order = await ask('POST', '/api/v1/payment_orders', { currency: 'SEK' }, ping);
    const property = 'payment_link_status_callback_url';
    for (const url of [`http://localhost:${port}/`, `http://127.0.0.1:${port}/`, `https://127.0.0.1:8443/`]) {
      const body = { ...linkBody(order.body.id), merchant_id: merchantId, [property]: url };
      const answer = await ask('POST', '/api/v1/payment_links', body, ping);
      assert.equal(answer.status, 422, answer.text);
      assert.deepEqual(
        answer.body.errors.map((error: Json) => error.property),
        [property],
      );
    }
    assert.equal(connections, 0);
  });

  it('a second server, or a second command, on the same directory is refused in one sentence', async () => {
    await assertRefused(['serve'], { PORT: String(await freePort()) }, directory);
    await assertRefused(['open-organisation', ...organisation, '--mode', 'test'], {}, directory);
    assert.equal((await ask('GET', '/v1/tenant')).status, 200);
  });

  it('a port that is taken is refused in one sentence', async () => {
    const other = await mkdtemp(join(tmpdir(), 'quittance-first-'));
    await assertRefused(['serve'], { QUITTANCE_DATA: other }, `${environment.PORT}`);
    await rm(other, { recursive: true, force: true });
  });
});
