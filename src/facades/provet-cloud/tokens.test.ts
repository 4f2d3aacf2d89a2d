import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { manualClock } from '#kit/clock.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import type { Json } from '#test/support/ping-client.ts';
import { openPractice } from '#test/support/provet-cloud.ts';

const clock = manualClock(new Date('2026-03-01T12:00:00Z'));
let app: TestApp;
before(async () => {
  app = await startTestApp({ clock });
});
after(() => app.stop());

interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** Posts a form to an OAuth2 endpoint of a demo tenant's practice, as its client unless the fields say otherwise. */
async function post(endpoint: string, fields: Record<string, string>, index = 0): Promise<Told> {
  const { entry } = openPractice(app, index);
  const body = new URLSearchParams({
    client_id: entry.clientId,
    client_secret: entry.clientSecret,
    ...fields,
  });
  return told(await fetch(at(endpoint, index), { method: 'POST', body }));
}

async function userinfo(token: string, { index = 0, method = 'GET' } = {}): Promise<Told> {
  return told(await fetch(at('userinfo', index), { method, headers: { authorization: `Bearer ${token}` } }));
}

function at(endpoint: string, index: number): string {
  return openPractice(app, index).entry.tokenUrl.replace('/token/', `/${endpoint}/`);
}

async function told(response: Response): Promise<Told> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

async function getToken(index = 0): Promise<string> {
  return (await post('token', { grant_type: 'client_credentials' }, index)).body.access_token;
}

describe('a token', () => {
  it('is good for ten hours, and tells which client of which practice bears it', async () => {
    const { body } = await post('token', { grant_type: 'client_credentials' });
    assert.deepEqual([body.token_type, body.expires_in], ['Bearer', 36_000]);
    const { status, headers, body: user } = await userinfo(body.access_token);
    assert.equal(status, 200);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.deepEqual(Object.keys(user), ['sub', 'name']);
    assert.equal(user.name, 'Demo One');
    assert.deepEqual((await userinfo(body.access_token, { method: 'POST' })).body, user);
    clock.advance(36_000_000 - 1);
    assert.equal((await userinfo(body.access_token)).status, 200);
    clock.advance(1);
    assert.equal((await userinfo(body.access_token)).status, 401);
  });

  it('opens nothing from the moment its client revokes it, and revoking it again changes nothing', async () => {
    const [ended, other] = [await getToken(), await getToken()];
    assert.equal((await userinfo(ended)).status, 200);
    for (const hint of [{}, { token_type_hint: 'refresh_token' }])
      assert.equal((await post('revoke_token', { token: ended, ...hint })).status, 200);
    const { status, headers, body } = await userinfo(ended);
    assert.equal(status, 401);
    assert.equal(headers.get('www-authenticate'), 'Bearer realm="api"');
    assert.deepEqual(body, { detail: 'Authentication credentials were not provided.' });
    const authorization = `Bearer ${ended}`;
    const call = await openPractice(app).call('GET', '/postransaction/', undefined, { authorization });
    assert.equal(call.status, 401);
    assert.equal((await userinfo(other)).status, 200);
  });

  it('is not ended by another client, who cannot tell it from one that never was', async () => {
    const token = await getToken();
    const answers = [await post('revoke_token', { token }, 1), await post('revoke_token', { token: 'x' }, 1)];
    assert.deepEqual(
      answers.map(({ status, body }) => [status, body]),
      [
        [200, undefined],
        [200, undefined],
      ],
    );
    assert.equal((await userinfo(token)).status, 200);
  });

  it('of another practice is as good as none at this one', async () => {
    const { status, body } = await userinfo(await getToken(1));
    assert.deepEqual([status, body], [404, { detail: 'Not found.' }]);
  });
});

it('a revocation without a token, or by who is no client, is refused in the words of the standard', async () => {
  const { clientId } = openPractice(app).entry;
  const cases: [Record<string, string>, number, string][] = [
    [{}, 400, 'invalid_request'],
    [{ token: 'x', client_secret: 'wrong' }, 401, 'invalid_client'],
    [{ token: 'x', client_id: `${clientId}0` }, 401, 'invalid_client'],
  ];
  for (const [fields, status, error] of cases) {
    const answer = await post('revoke_token', fields);
    assert.deepEqual([answer.status, answer.body], [status, { error }]);
  }
  const broken = await fetch(at('revoke_token', 0), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"token":',
  });
  assert.deepEqual([broken.status, await broken.json()], [400, { error: 'invalid_request' }]);
});
