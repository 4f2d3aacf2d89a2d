import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { assertAccessible } from '#test/support/axe.ts';
import { openBrowser } from '#test/support/browser.ts';
import { type Json, sendJson } from '#test/support/ping-client.ts';
import { openPractice } from '#test/support/provet-cloud.ts';
import { takeScreenshot } from '#test/support/screenshot.ts';

let app: TestApp;
let client: Json;
before(async () => {
  app = await startTestApp();
  client = await register(true);
});
after(() => app.stop());

const redirectUri = 'http://127.0.0.1:9/back?kept=1';
const verifier = 'v'.repeat(43);
const challenge = createHash('sha256').update(verifier).digest('base64url');

const practiceAddress = (): string => openPractice(app).entry.tokenUrl.replace('/token/', '/');
const keyOf = (index = 0): string => (app.native(index).authorization ?? '').slice('Bearer '.length);

async function register(isPublic: boolean): Promise<Json> {
  const account = /\/([^/]+)\/oauth2\//.exec(openPractice(app).entry.tokenUrl)?.[1];
  const { status, body, text } = await sendJson(`${app.url}/v1/applications`, 'POST', app.native(0), {
    facade: 'provet-cloud',
    account,
    label: 'Scheduler',
    isPublic,
    redirectUris: [redirectUri],
  });
  assert.equal(status, 201, text);
  return body;
}

function asked(changed: Record<string, string> = {}): URLSearchParams {
  return new URLSearchParams({
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: redirectUri,
    state: 'a&b=c',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...changed,
  });
}

async function decide(fields: Record<string, string>, headers: Record<string, string> = {}) {
  const body = asked({ decision: 'allow', ...fields });
  return fetch(`${practiceAddress()}authorize/`, { method: 'POST', body, headers, redirect: 'manual' });
}

async function token(fields: Record<string, string>) {
  const body = new URLSearchParams({ client_id: client.clientId, ...fields });
  const response = await fetch(`${practiceAddress()}token/`, { method: 'POST', body });
  return { status: response.status, body: (await response.json()) as Json };
}

async function getCode(): Promise<string> {
  const response = await decide({ key: keyOf() });
  assert.equal(response.status, 303, await response.text());
  return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

const redeem = (code: string, changed: Record<string, string> = {}) =>
  token({
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...changed,
  });

describe('an application', () => {
  it('is let in by a key of the practice, and acts for it with tokens that can be refreshed and revoked', async () => {
    const response = await decide({ key: keyOf() });
    const back = new URL(response.headers.get('location') ?? '');
    assert.deepEqual([...back.searchParams.keys()], ['kept', 'code', 'state']);
    assert.equal(back.searchParams.get('state'), 'a&b=c');
    const first = await redeem(back.searchParams.get('code') ?? '');
    assert.deepEqual([first.status, first.body.expires_in, first.body.scope], [200, 36_000, 'restapi']);
    const call = async (access: string) =>
      (
        await openPractice(app).call('GET', '/postransaction/', undefined, {
          authorization: `Bearer ${access}`,
        })
      ).status;
    assert.equal(await call(first.body.access_token), 200);
    const next = await token({ grant_type: 'refresh_token', refresh_token: first.body.refresh_token });
    assert.equal(await call(next.body.access_token), 200);
    const body = new URLSearchParams({ client_id: client.clientId, token: next.body.refresh_token });
    assert.equal((await fetch(`${practiceAddress()}revoke_token/`, { method: 'POST', body })).status, 200);
    assert.equal(await call(next.body.access_token), 401);
  });

  it('gets nothing for a code with another verifier or redirect URI, nor for one that was used', async () => {
    const code = await getCode();
    const refused = { status: 400, body: { error: 'invalid_grant' } };
    assert.deepEqual(await redeem(code, { code_verifier: 'w'.repeat(43) }), refused);
    assert.deepEqual(await redeem(code, { redirect_uri: 'http://127.0.0.1:9/back' }), refused);
    assert.equal((await redeem(code)).status, 200);
    assert.deepEqual(await redeem(code), refused);
  });

  it('with a secret has to show it', async () => {
    const confidential = await register(false);
    const fields = { client_id: confidential.clientId, code: 'x' };
    assert.equal((await redeem('x', fields)).body.error, 'invalid_request');
    const wrong = await redeem('x', { ...fields, client_secret: 'wrong' });
    assert.deepEqual(wrong, { status: 401, body: { error: 'invalid_client' } });
    const right = await redeem('x', { ...fields, client_secret: confidential.clientSecret });
    assert.deepEqual(right, { status: 400, body: { error: 'invalid_grant' } });
  });

  it('is not let in by another practice’s key, by another site’s form, or after a refusal', async () => {
    for (const key of ['', 'nonsense', keyOf(1)]) assert.equal((await decide({ key })).status, 422);
    assert.equal((await decide({ key: keyOf() }, { 'sec-fetch-site': 'cross-site' })).status, 403);
    const denied = await decide({ decision: 'deny' });
    assert.match(denied.headers.get('location') ?? '', /[?&]error=access_denied&state=a%26b%3Dc$/);
  });

  it('hears of a wrong request at its registered address, and nobody at any other', async () => {
    const ask = (changed: Record<string, string>, base = practiceAddress()) =>
      fetch(`${base}authorize/?${asked(changed)}`, { redirect: 'manual' });
    for (const [changed, error] of [
      [{ response_type: 'token' }, 'unsupported_response_type'],
      [{ code_challenge_method: 'plain' }, 'invalid_request'],
      [{ code_challenge: '' }, 'invalid_request'],
      [{ scope: 'openid' }, 'invalid_scope'],
    ] as const)
      assert.match((await ask(changed)).headers.get('location') ?? '', new RegExp(`[?&]error=${error}&`));
    for (const changed of [{ redirect_uri: `${redirectUri}0` }, { client_id: 'x' }]) {
      const response = await ask(changed);
      assert.deepEqual([response.status, response.headers.get('location')], [400, null]);
    }
    const elsewhere = openPractice(app, 1).entry.tokenUrl.replace('/token/', '/');
    assert.equal((await ask({}, elsewhere)).status, 400);
  });
});

it('an application is listed, is given no other secret, and ends with its credential, tokens and all', async () => {
  const mine = await register(true);
  const applications = async (index: number) =>
    (await sendJson(`${app.url}/v1/applications`, 'GET', app.native(index))).body.data;
  const [newest] = await applications(0);
  assert.deepEqual([newest.clientId, newest.redirectUris], [mine.clientId, [redirectUri]]);
  assert.deepEqual(await applications(1), []);
  const credential = `${app.url}/v1/credentials/${mine.credentialId}`;
  assert.equal((await sendJson(`${credential}/rotate`, 'POST', app.native(0), {})).status, 409);
  const response = await decide({ key: keyOf(), client_id: mine.clientId });
  const code = new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const { body } = await redeem(code, { client_id: mine.clientId });
  assert.equal((await sendJson(credential, 'DELETE', app.native(0))).status, 204);
  const authorization = `Bearer ${body.access_token}`;
  const called = await openPractice(app).call('GET', '/postransaction/', undefined, { authorization });
  const refresh = {
    grant_type: 'refresh_token',
    refresh_token: body.refresh_token,
    client_id: mine.clientId,
  };
  assert.deepEqual([called.status, (await token(refresh)).status], [401, 400]);
});

it('the consent page is accessible, and answered without scripts, on a phone and on a desk', async () => {
  const browser = await openBrowser();
  try {
    for (const width of [360, 1280]) {
      const page = await browser.newPage({ viewport: { width, height: 800 } });
      await page.goto(`${practiceAddress()}authorize/?${asked()}`);
      await assertAccessible(page);
      await takeScreenshot(page, `provet-cloud-consent-${width}`);
      await page.close();
      const plain = await browser.newPage({ viewport: { width, height: 800 }, javaScriptEnabled: false });
      await plain.goto(`${practiceAddress()}authorize/?${asked()}`);
      await plain.getByLabel('API key').fill(keyOf());
      const left = plain.waitForRequest((request) => request.url().startsWith('http://127.0.0.1:9/back'));
      await plain.getByRole('button', { name: 'Allow', exact: true }).click();
      assert.match((await left).url(), /[?&]code=[\w-]{43}&state=/);
      await plain.close();
    }
  } finally {
    await browser.close();
  }
});
