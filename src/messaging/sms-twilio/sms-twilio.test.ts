import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { type Fetch, overFetch } from '#connectors/over-fetch.ts';
import type { OutgoingMessage } from '#kit/channel.ts';
import { channel } from './index.ts';

const created = await readFile(new URL('fixtures/created.json', import.meta.url), 'utf8');
const settings = { accountSid: 'AC0123456789abcdef0123456789abcdef', authToken: '12345', from: 'Djurklinik' };
const message: OutgoingMessage = {
  id: 'm1',
  medium: 'sms',
  recipient: '+46700000000',
  subject: null,
  body: 'Hej Åsa! Betala 140 kr: https://pay.example/c/abc',
  reportUrl: 'https://pay.example/messages/report/sms-twilio/t',
};

function open(fetch: Fetch) {
  return channel.open(settings, overFetch(fetch, 1_000));
}

const send = (fetch: Fetch) => open(fetch).send(message);
const refusal = (status: number, body: unknown) =>
  send(async () => new Response(JSON.stringify(body), { status }));

test('an SMS is one form POST with the credentials, and its SID is kept', async () => {
  const requests: Parameters<Fetch>[] = [];
  const outcome = await send(async (...request) => {
    requests.push(request);
    return new Response(created, { status: 201 });
  });
  assert.deepEqual(outcome, { kind: 'accepted', providerReference: 'SM17a6dafb12d6b1cabc053d57dac2b9d8' });
  assert.equal(requests.length, 1);
  const [url, init] = requests[0] ?? [];
  assert.equal(url, `https://api.twilio.com/2010-04-01/Accounts/${settings.accountSid}/Messages.json`);
  const basic = Buffer.from(`${settings.accountSid}:${settings.authToken}`).toString('base64');
  assert.equal(init?.headers.authorization, `Basic ${basic}`);
  assert.deepEqual(Object.fromEntries(new URLSearchParams(init?.body)), {
    From: 'Djurklinik',
    To: '+46700000000',
    Body: message.body,
    StatusCallback: message.reportUrl,
  });
});

test('a refusal is told apart from "later", and both from silence', async () => {
  assert.deepEqual(await refusal(400, { code: 21211, message: 'Invalid To', status: 400 }), {
    kind: 'rejected',
    reason: '400 21211 Invalid To',
  });
  assert.equal((await refusal(429, { code: 20429 })).kind, 'deferred');
  assert.equal((await refusal(201, { sid: 'SM1', status: 'failed' })).kind, 'rejected');
});

test('whatever leaves open whether the SMS was taken is unknown, never a refusal', async () => {
  const answers: Fetch[] = [
    () => Promise.reject(new TypeError('fetch failed')),
    () => Promise.reject(new DOMException('late', 'TimeoutError')),
    async () => new Response('', { status: 502 }),
    async () => new Response('<html>', { status: 201 }),
    async () => new Response('null', { status: 201 }),
    async () => new Response('{"status":"queued"}', { status: 201 }),
  ];
  for (const answer of answers) assert.equal((await send(answer)).kind, 'unknown');
});

test('the signature is the one of the vendor’s documented example', () => {
  const sender = open(async () => new Response());
  const form = {
    CallSid: 'CA1234567890ABCDE',
    Caller: '+12349013030',
    Digits: '1234',
    From: '+12349013030',
    To: '+18005551212',
  };
  const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
  const signature = '0/KCTR6DLpKmkAf8muzZqo1nDgQ=';
  const read = (changed: object = {}) =>
    sender.readReport?.({ url, form, headers: { 'x-twilio-signature': signature }, ...changed });
  assert.deepEqual(read(), { kind: 'reply', from: '+12349013030', text: '' });
  for (const changed of [
    { url: `${url}3` },
    { form: { ...form, Digits: '1235' } },
    { form: { ...form, More: '' } },
    { headers: {} },
    { headers: { 'x-twilio-signature': signature.toLowerCase() } },
  ])
    assert.equal(read(changed), undefined, JSON.stringify(changed));
});

test('settings that cannot work are refused when the channel is opened', () => {
  const network = overFetch(async () => new Response(), 1_000);
  for (const wrong of [{ accountSid: 'SK1' }, { authToken: '' }, { from: '' }, { from: '0700000000' }])
    assert.throws(() => channel.open({ ...settings, ...wrong }, network), /^Error: sms-twilio/);
});
