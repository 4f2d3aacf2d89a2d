/** The payer's addresses as a program meets them: what they answer, what they let happen, and what they keep to themselves. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { languages } from '#kit/language.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type Json, type PingClient, payOnPage, pingClient, sendJson } from '#test/support/ping-client.ts';

let app: TestApp;
let ping: PingClient;
before(async () => {
  app = await startTestApp();
  ping = pingClient(app);
});
after(() => app.stop());

const get = (url: string, headers: Record<string, string> = {}) =>
  fetch(url, { redirect: 'manual', headers });

const press = (url: string, form: string | Record<string, string>) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });

/** The payments of a link, by the native API: newest first. */
async function paymentsOf(linkId: string): Promise<Json[]> {
  const { body } = await sendJson(`${app.url}/v1/payments?limit=200`, 'GET', app.native());
  return body.data.filter((payment: Json) => payment.linkId === linkId);
}

/** Everything a visit could change: events are written for whatever happens. */
async function happenings(): Promise<number> {
  const [count] = await app.app.core.database.query<{ rows: bigint }>(
    `select (select count(*) from events) + (select count(*) from operations) + (select count(*) from idempotency_keys) as rows`,
  );
  return Number(count?.rows);
}

const newAttempt = () => randomUUID().replaceAll('-', '');

describe('a payer’s address', () => {
  it('changes nothing when it is looked at, by GET or HEAD, in any state', async () => {
    const { checkoutUrl } = await ping.createLink();
    const before = await happenings();
    for (const path of [
      '',
      '/status',
      '/brand.css',
      '/receipt.pdf',
      '?method=card',
      '?method=dummy&attempt=1234567890123456',
    ])
      for (const method of ['GET', 'HEAD']) await fetch(checkoutUrl + path, { method, redirect: 'manual' });
    assert.equal(await happenings(), before);
  });

  it('is for nobody’s cache, frame, or referrer, sets no cookie, and names its policy', async () => {
    const { checkoutUrl } = await ping.createLink();
    for (const url of [checkoutUrl, `${app.url}/pay/nobody`]) {
      const { headers } = await get(url);
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.equal(headers.get('referrer-policy'), 'no-referrer');
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('set-cookie'), null);
      assert.match(
        headers.get('content-security-policy') ?? '',
        /default-src 'none'.*frame-ancestors 'none'/,
      );
    }
  });

  it('holds no id of the API and no more than is printed on the bill', async () => {
    const { id, orderId, checkoutUrl } = await ping.createLink();
    const page = await (await get(checkoutUrl)).text();
    const [payerToken = ''] = checkoutUrl.split('/').slice(-1);
    assert.equal(Buffer.from(payerToken, 'base64url').length, 24);
    for (const secret of [id, orderId, app.tenants[0]?.tenant.id ?? '', 'bertil@example.com', '0700000000'])
      assert.ok(!page.includes(secret), secret);
  });

  it('that is nobody’s is one and the same page, however it is written', async () => {
    const never = await get(`${app.url}/pay/${'A'.repeat(32)}`);
    const page = await never.text();
    assert.equal(never.status, 404);
    for (const token of ['a', '%00', 'é', '%ff', "'--", 'x'.repeat(5_000), randomUUID()])
      for (const path of ['', '/receipt.pdf', '/brand.css']) {
        const answer = await get(`${app.url}/pay/${token}${path}`);
        assert.deepEqual([answer.status, await answer.text()], [404, page], token.slice(0, 40) + path);
      }
    const swedish = await get(`${app.url}/pay/nobody`, { 'accept-language': 'sv-SE,sv;q=0.9' });
    assert.match(await swedish.text(), /<html lang="sv">/);
  });

  it('has no receipt before the link is paid', async () => {
    const { id, checkoutUrl } = await ping.createLink();
    assert.equal((await get(`${checkoutUrl}/receipt.pdf`)).status, 404);
    await ping.call('POST', `/payment_links/${id}/payments`, { provider: 'dummy', method: 'dummy' });
    const receipt = await get(`${checkoutUrl}/receipt.pdf`);
    assert.equal(receipt.status, 200);
    assert.match(
      receipt.headers.get('content-disposition') ?? '',
      /^inline; filename="receipt-[0-9A-Z-]+\.pdf"$/,
    );
    assert.equal(receipt.headers.get('cache-control'), 'private, no-store');
  });

  it('is shown in the link’s language, or in the one the payer chooses, which is kept nowhere', async () => {
    const { checkoutUrl } = await ping.createLink({ language: 'FI' });
    const languageOf = async (query: string) =>
      /<html lang="(..)">/.exec(await (await get(checkoutUrl + query)).text())?.[1];
    assert.equal(await languageOf(''), 'fi');
    const before = await happenings();
    for (const language of languages) assert.equal(await languageOf(`?language=${language}`), language);
    for (const nonsense of ['?language=xx', '?language=', '?language=sv&language=de', '?language[]=sv'])
      assert.equal(await languageOf(nonsense), 'fi', nonsense);
    assert.equal(await languageOf(''), 'fi');
    assert.equal(await happenings(), before);
    const unknown = await (await get(`${app.url}/pay/nobody?language=nb`)).text();
    assert.match(unknown, /<html lang="nb">/);
  });

  it('keeps the chosen language through paying, and on the receipt and its PDF', async () => {
    const { id, checkoutUrl } = await ping.createLink();
    const there = await press(`${checkoutUrl}?language=da`, { method: 'card', attempt: newAttempt() });
    const back = await payOnPage(there.headers.get('location') ?? '', '4111111111111111');
    assert.equal(back, `${checkoutUrl}?language=da`);
    const receipt = await (await get(back)).text();
    assert.match(receipt, /<html lang="da">/);
    const [, pdf = ''] = /href="([^"]+receipt\.pdf[^"]*)"/.exec(receipt) ?? [];
    assert.equal(pdf, `${new URL(checkoutUrl).pathname}/receipt.pdf?language=da`);
    const bytes = await (await get(app.url + pdf)).text();
    assert.match(bytes, /\/Lang \(da\)/);
    assert.equal((await paymentsOf(id)).length, 1);
  });

  it('leads back in the chosen language also where nothing could be started', async () => {
    const { checkoutUrl } = await ping.createLink();
    const answer = await press(`${checkoutUrl}?language=de`, { method: 'gold' });
    assert.equal(answer.headers.get('location'), `${new URL(checkoutUrl).pathname}?language=de`);
  });

  it('tells its state in one word', async () => {
    const { id, checkoutUrl } = await ping.createLink();
    const state = async () => ((await (await get(`${checkoutUrl}/status`)).json()) as Json).state;
    assert.equal(await state(), 'open');
    await ping.call('POST', `/payment_links/${id}/payments`, { provider: 'verifone', method: 'card' });
    assert.equal(await state(), 'pending');
    const [payment] = await paymentsOf(id);
    const { pageUrl } = await pageOf(payment.id);
    await payOnPage(pageUrl, '4999999999999236');
    assert.equal(await state(), 'failed');
    await ping.call('POST', `/payment_links/${id}/payments`, { provider: 'dummy', method: 'dummy' });
    assert.equal(await state(), 'paid');
    assert.deepEqual(await (await get(`${app.url}/pay/nobody/status`)).json(), { state: 'unknown-link' });
  });
});

async function pageOf(paymentId: string): Promise<{ pageUrl: string; operationId: string }> {
  const [row] = await app.app.core.database.query<{ pageUrl: string; operationId: string }>(
    `select page_url as "pageUrl", id as "operationId" from operations where payment_id = $1`,
    [paymentId],
  );
  return row ?? assert.fail('the payment has no operation');
}

describe('pressing Pay', () => {
  it('leads to the processor’s page, and pressing again with the same page leads to the same', async () => {
    const { id, checkoutUrl } = await ping.createLink();
    const form = { method: 'card', attempt: newAttempt() };
    const [first, second] = [await press(checkoutUrl, form), await press(checkoutUrl, form)];
    assert.equal(first.status, 303);
    assert.match(first.headers.get('location') ?? '', /\/pxmi3\//);
    assert.equal(second.headers.get('location'), first.headers.get('location'));
    assert.equal((await paymentsOf(id)).length, 1);
  });

  it('eight times at once, with one page or with eight, is one payment', async () => {
    for (const attempts of [[newAttempt()], Array.from({ length: 8 }, newAttempt)]) {
      const { id, checkoutUrl } = await ping.createLink();
      const presses = Array.from({ length: 8 }, (_, index) =>
        press(checkoutUrl, { method: 'card', attempt: attempts[index % attempts.length] ?? '' }),
      );
      for (const { status } of await Promise.all(presses)) assert.equal(status, 303);
      assert.equal((await paymentsOf(id)).length, 1);
    }
  });

  it('on a page from before a decline does not pay again: it shows the decline', async () => {
    const { id, checkoutUrl } = await ping.createLink();
    const form = { method: 'card', attempt: newAttempt() };
    const there = await press(checkoutUrl, form);
    await payOnPage(there.headers.get('location') ?? '', '4999999999999236');
    const again = await press(checkoutUrl, form);
    assert.equal(again.headers.get('location'), new URL(checkoutUrl).pathname);
    assert.equal((await paymentsOf(id)).length, 1);
  });

  const senseless: readonly (readonly [what: string, form: string])[] = [
    ['nothing', ''],
    ['no method', 'attempt=1234567890123456'],
    ['an unknown method', 'method=gold'],
    ['a method the link does not offer', 'method=swish'],
    ['two methods', 'method=card&method=dummy'],
    ['a method that is a word of the language', 'method=__proto__'],
    ['a method with a NUL', 'method=card%00'],
  ];
  for (const [what, form] of senseless)
    it(`with ${what} starts nothing and leads back to the page`, async () => {
      const { id, checkoutUrl } = await ping.createLink();
      const answer = await press(checkoutUrl, form);
      assert.deepEqual([answer.status, answer.headers.get('location')], [303, new URL(checkoutUrl).pathname]);
      assert.deepEqual(await paymentsOf(id), []);
    });

  it('with too much, with half of something, or at nobody’s address is answered by a page', async () => {
    const { id, checkoutUrl } = await ping.createLink();
    const answers: readonly (readonly [expected: number, answer: Response])[] = [
      [413, await press(checkoutUrl, { method: 'card', more: 'x'.repeat(70_000) })],
      [
        400,
        await fetch(checkoutUrl, {
          method: 'POST',
          body: '{"method',
          headers: { 'content-type': 'application/json' },
        }),
      ],
      [404, await press(`${app.url}/pay/nobody`, { method: 'card' })],
    ];
    for (const [expected, answer] of answers) {
      assert.equal(answer.status, expected);
      assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
    }
    assert.deepEqual(await paymentsOf(id), []);
  });
});

describe('coming back from the processor', () => {
  it('proves nothing by itself: a made-up result changes nothing', async () => {
    const { id, checkoutUrl } = await ping.createLink();
    await press(checkoutUrl, { method: 'card', attempt: newAttempt() });
    const [payment] = await paymentsOf(id);
    const { operationId } = await pageOf(payment.id);
    const tenantId = app.tenants[0]?.tenant.id;
    const address = `${app.url}/return/windcave/${tenantId}/${operationId}`;
    for (const query of ['', '?result=forged&userid=DemoOne_PxPay', '?result=%00', '?result=approved']) {
      const answer = await get(address + query);
      assert.equal(answer.status, 303, query);
      assert.equal((await ping.call('GET', `/payment_links/${id}`)).body.status, 'CREATED');
    }
  });

  it('to an address that is not ours is the page for nobody’s address', async () => {
    const { id, checkoutUrl } = await ping.createLink();
    await press(checkoutUrl, { method: 'card', attempt: newAttempt() });
    const { operationId } = await pageOf((await paymentsOf(id))[0].id);
    const [mine, other] = app.tenants.map(({ tenant }) => tenant.id);
    for (const path of [
      `windcave/${other}/${operationId}`,
      `dummy/${mine}/${operationId}`,
      `windcave/${mine}/${randomUUID()}`,
      `windcave/${mine}/x`,
      '__proto__/x/y',
    ])
      assert.equal((await get(`${app.url}/return/${path}?result=x`)).status, 404, path);
  });
});
