import assert from 'node:assert/strict';
import { verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createNetServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Webhook } from 'standardwebhooks';
import { publicTargets } from '#kit/callback-url.ts';
import { wallClock } from '#kit/clock.ts';
import { generateSigningKey, importPublicKey, importSigningKey } from '#kit/secrets.ts';
import { type PostResult, postSigned, type SignedPost } from './post-signed.ts';

const body = '{"payment_link_id":"1","status":"COMPLETED","note":"åäö €"}';
const network = { resolve: async () => [], timeoutMs: 10_000 };
const policy = { ...publicTargets, loopback: { ownPorts: [] } };

function post(
  url: string,
  given: Partial<SignedPost> = {},
  timeoutMs = network.timeoutMs,
): Promise<PostResult> {
  return postSigned(
    { url, body, id: 'msg_1', timestamp: wallClock.now(), secrets: [], policy, ...given },
    { ...network, timeoutMs },
  );
}

async function listen(t: TestContext, server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?a=b`;
}

function receiver(t: TestContext, listener: RequestListener): Promise<string> {
  return listen(t, createServer(listener));
}

/** A receiver that speaks in raw bytes, and closes what is left when the test ends. */
function rawReceiver(t: TestContext, speak: (socket: Socket) => void): Promise<string> {
  return listen(
    t,
    createNetServer((socket) => {
      t.after(() => socket.destroy());
      socket.on('error', () => socket.destroy());
      socket.once('data', () => speak(socket));
    }),
  );
}

/** Posts to a receiver that keeps what it was sent. */
async function received(t: TestContext, given: Partial<SignedPost>) {
  const requests: { request: IncomingMessage; body: string }[] = [];
  const url = await receiver(t, async (request, response) => {
    requests.push({ request, body: await text(request) });
    response.writeHead(204).end();
  });
  assert.deepEqual(await post(url, given), { kind: 'delivered', status: 204 });
  const [only, ...more] = requests;
  assert.equal(more.length, 0);
  assert.ok(only);
  return only;
}

const hmac = (fill: number) => ({ kind: 'hmac' as const, key: Buffer.alloc(32, fill) });

test('the receiver gets one POST with exactly the body, the url and the given headers', async (t) => {
  const { request, body: arrived } = await received(t, {
    headers: { 'x-event': 'link', 'webhook-id': 'forged' },
  });
  assert.equal(arrived, body);
  assert.equal(request.method, 'POST');
  assert.equal(request.url, '/hook?a=b');
  assert.equal(request.headers['content-type'], 'application/json');
  assert.equal(request.headers['content-length'], String(Buffer.byteLength(body)));
  assert.equal(request.headers['x-event'], 'link');
  assert.equal(request.headers['webhook-id'], 'msg_1');
  assert.equal(request.headers['webhook-signature'], undefined);
});

test('the standardwebhooks package verifies the signature under either of two secrets', async (t) => {
  const { request, body: arrived } = await received(t, { secrets: [hmac(1), hmac(2)] });
  const headers = request.headers as Record<string, string>;
  for (const fill of [1, 2])
    assert.deepEqual(
      new Webhook(hmac(fill).key.toString('base64')).verify(arrived, headers),
      JSON.parse(body),
    );
  assert.throws(() => new Webhook(hmac(3).key.toString('base64')).verify(arrived, headers));
  assert.throws(() => new Webhook(hmac(1).key.toString('base64')).verify(`${arrived} `, headers));
  assert.throws(() =>
    new Webhook(hmac(1).key.toString('base64')).verify(arrived, { ...headers, 'webhook-id': 'msg_2' }),
  );
});

test('a public key alone verifies the body, and the body with its id and time', async (t) => {
  const { publicKey, privateKey } = generateSigningKey();
  const secrets = [hmac(1), { kind: 'ed25519' as const, privateKey: importSigningKey(privateKey) }];
  const { request, body: arrived } = await received(t, { secrets });
  const { headers } = request;
  const key = importPublicKey(publicKey);
  const bodySignature = Buffer.from(String(headers['x-signature']), 'base64');
  assert.equal(verify(null, Buffer.from(arrived), key, bodySignature), true);
  assert.equal(verify(null, Buffer.from(`${arrived} `), key, bodySignature), false);
  assert.equal(headers['x-signature-timestamp'], headers['webhook-timestamp']);

  const content = Buffer.from(`msg_1.${headers['webhook-timestamp']}.${arrived}`);
  const standard = String(headers['webhook-signature'])
    .split(' ')
    .find((signature) => signature.startsWith('v1a,'));
  assert.equal(verify(null, content, key, Buffer.from(String(standard).slice(4), 'base64')), true);
  new Webhook(hmac(1).key.toString('base64')).verify(arrived, headers as Record<string, string>);
});

test('an answer that is not 2xx is a failure with its status and its first words', async (t) => {
  const url = await receiver(t, (_request, response) =>
    response.writeHead(500).end('no\u0000 database \u00e5'),
  );
  const result = await post(url);
  assert.deepEqual(result, {
    kind: 'failed',
    status: 500,
    reason: 'answered 500',
    responseHead: 'no\ufffd database å',
  });
});

test('410 says that the receiver wants no more', async (t) => {
  const url = await receiver(t, (_request, response) => response.writeHead(410).end());
  assert.deepEqual(await post(url), {
    kind: 'failed',
    status: 410,
    reason: 'answered 410',
    responseHead: '',
    gone: true,
  });
});

test('Retry-After is read in seconds and as a date by the receiver\u2019s own clock', async (t) => {
  const date = 'Wed, 21 Oct 2015 07:28:00 GMT';
  const asked: Record<string, string>[] = [
    { 'retry-after': '120' },
    { 'retry-after': 'Wed, 21 Oct 2015 07:30:00 GMT', date },
    { 'retry-after': 'Wed, 21 Oct 2015 07:20:00 GMT', date },
    { 'retry-after': 'soon' },
    { 'retry-after': '-5' },
  ];
  const answers = asked.values();
  const url = await receiver(t, (_request, response) => response.writeHead(429, answers.next().value).end());
  const waits: (number | undefined)[] = [];
  for (const _ of asked) {
    const result = await post(url);
    assert.equal(result.kind, 'failed');
    waits.push(result.kind === 'failed' ? result.retryAfterMs : undefined);
  }
  assert.deepEqual(waits, [120_000, 120_000, undefined, undefined, undefined]);
});

test('a receiver that says nothing is given up in time', async (t) => {
  const url = await rawReceiver(t, () => undefined);
  assert.deepEqual(await post(url, {}, 50), { kind: 'failed', reason: 'no answer in time' });
});

test('a receiver that speaks one byte at a time is given up in time, before and after its status', async (t) => {
  const drip = (start: string) => (socket: Socket) => {
    socket.write(start);
    const timer = setInterval(() => socket.write('a'), 5);
    socket.on('close', () => clearInterval(timer));
  };
  const beforeStatus = await rawReceiver(t, drip('HTTP/1.1 200 OK\r\nx: '));
  assert.deepEqual(await post(beforeStatus, {}, 50), { kind: 'failed', reason: 'no answer in time' });
  const afterStatus = await rawReceiver(t, drip('HTTP/1.1 500 No\r\ncontent-length: 1000\r\n\r\n'));
  const result = await post(afterStatus, {}, 50);
  assert.equal(result.kind === 'failed' && result.status, 500);
  const delivered = await rawReceiver(t, drip('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n'));
  assert.deepEqual(await post(delivered, {}, 50), { kind: 'delivered', status: 200 });
});

test('a name server that never answers is given up in time', async () => {
  const request = {
    url: 'https://slow.example/',
    body,
    id: 'msg_1',
    timestamp: wallClock.now(),
    secrets: [],
    policy,
  };
  const silent = { resolve: () => new Promise<never>(() => undefined), timeoutMs: 50 };
  const keepAlive = setInterval(() => undefined, 1_000);
  assert.deepEqual(await postSigned(request, silent), { kind: 'failed', reason: 'no answer in time' });
  clearInterval(keepAlive);
});

test('of an endless answer at most 64 KiB are read and 1 KiB is kept', async (t) => {
  const tooMuch = 32 * 2 ** 20;
  let sent = 0;
  const closed = Promise.withResolvers<void>();
  const url = await rawReceiver(t, (socket) => {
    socket.write('HTTP/1.1 500 No\r\ntransfer-encoding: chunked\r\n\r\n');
    const chunk = `4000\r\n${'a'.repeat(0x4000)}\r\n`;
    const pour = () => {
      while (!socket.destroyed && socket.write(chunk)) sent += 0x4000;
      // More than all buffers on the way hold: whoever took this much would take anything.
      if (sent > tooMuch) socket.destroy();
    };
    socket.on('drain', pour).on('close', closed.resolve);
    pour();
  });
  const result = await post(url, {}, 60_000);
  await closed.promise;
  assert.equal(result.kind === 'failed' && result.responseHead, 'a'.repeat(1_024));
  assert.equal(sent < tooMuch, true);
});

test('a compressed answer is not unpacked', async (t) => {
  const bomb = gzipSync(Buffer.alloc(16 * 2 ** 20));
  const url = await receiver(t, (_request, response) => {
    response.writeHead(500, { 'content-encoding': 'gzip' }).end(bomb);
  });
  const result = await post(url);
  assert.equal(result.kind, 'failed');
  assert.equal(result.kind === 'failed' && (result.responseHead?.length ?? 0) <= 1_024, true);
  assert.match(JSON.stringify(result), /\\ufffd|\ufffd/);
});

test('answers that are not HTTP, break off, or change the protocol are failures', async (t) => {
  const answers = [
    '',
    'SSH-2.0-OpenSSH_9.9\r\n',
    'HTTP/1.1 200',
    'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
  ];
  for (const answer of answers) {
    const url = await rawReceiver(t, (socket) => socket.end(answer));
    const result = await post(url);
    assert.equal(result.kind, 'failed', answer);
    assert.doesNotMatch(JSON.stringify(result), /127\.0\.0\.1/);
  }
  const headers = await rawReceiver(t, (socket) =>
    socket.end(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(65_536)}\r\n\r\n`),
  );
  assert.equal((await post(headers)).kind, 'failed');
});

test('a port nobody listens on is a failure that names no address', async (t) => {
  const server = createNetServer();
  const url = await listen(t, server);
  await new Promise((resolve) => server.close(resolve));
  assert.deepEqual(await post(url), { kind: 'failed', reason: 'the connection failed: ECONNREFUSED' });
});
