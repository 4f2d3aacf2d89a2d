import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { type Fetch, overFetch } from '#connectors/over-fetch.ts';
import type { OutgoingMessage } from '#kit/channel.ts';
import { channel } from './index.ts';

const created = await readFile(new URL('fixtures/created.json', import.meta.url), 'utf8');
const settings = { username: 'u1', password: 'p1', from: 'Djurklinik' };
const message: OutgoingMessage = {
  id: 'm1',
  medium: 'sms',
  recipient: '+46700000000',
  subject: null,
  body: 'Hej Åsa! Betala 140 kr: https://pay.example/c/abc',
};

function send(fetch: Fetch) {
  return channel.open(settings, overFetch(fetch, 1_000)).send(message);
}

test('an SMS is one form POST with the credentials, and its id is kept', async () => {
  const requests: Parameters<Fetch>[] = [];
  const outcome = await send(async (...request) => {
    requests.push(request);
    return new Response(created);
  });
  assert.deepEqual(outcome, { kind: 'accepted', providerReference: 's17a6dafb12d6b1cabc053d57dac2b9d8' });
  assert.equal(requests.length, 1);
  const [url, init] = requests[0] ?? [];
  assert.equal(url, 'https://api.46elks.com/a1/sms');
  assert.equal(init?.method, 'POST');
  assert.equal(init?.headers.authorization, `Basic ${Buffer.from('u1:p1').toString('base64')}`);
  assert.deepEqual(Object.fromEntries(new URLSearchParams(init?.body)), {
    from: 'Djurklinik',
    to: '+46700000000',
    message: message.body,
  });
});

test('a report of the delivery is asked for where there is an address for it', async () => {
  let body = '';
  const network = overFetch(async (_url, init) => {
    body = String(init.body);
    return new Response(created);
  }, 1_000);
  const reportUrl = 'https://pay.example/messages/report/sms-46elks/t';
  await channel.open(settings, network).send({ ...message, reportUrl });
  assert.equal(new URLSearchParams(body).get('whendelivered'), reportUrl);
});

test('a refusal is told apart from silence', async () => {
  const refusal = await send(async () => new Response('Invalid to number', { status: 400 }));
  assert.deepEqual(refusal, { kind: 'rejected', reason: '400 Invalid to number' });
  const busy = await send(async () => new Response('slow down', { status: 429 }));
  assert.equal(busy.kind, 'deferred');
  const failed = await send(async () => new Response('{"id":"s1","status":"failed"}'));
  assert.equal(failed.kind, 'rejected');
});

test('whatever leaves open whether the SMS was taken is unknown, never a refusal', async () => {
  const answers: Fetch[] = [
    () => Promise.reject(new TypeError('fetch failed')),
    () => Promise.reject(new DOMException('late', 'TimeoutError')),
    async () => new Response('', { status: 502 }),
    async () => new Response('<html>'),
    async () => new Response('null'),
    async () => new Response('{"status":"created"}'),
  ];
  for (const answer of answers) assert.equal((await send(answer)).kind, 'unknown');
});

test('settings that cannot work are refused when the channel is opened', () => {
  const network = overFetch(async () => new Response(), 1_000);
  for (const wrong of [
    { username: '' },
    { password: '' },
    { from: '' },
    { from: 'far too long a name' },
    { from: '0700000000' },
  ])
    assert.throws(() => channel.open({ ...settings, ...wrong }, network), /^Error: sms-46elks/);
});
