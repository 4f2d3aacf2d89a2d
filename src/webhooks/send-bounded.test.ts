import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo, LookupFunction } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { sendBounded } from './send-bounded.ts';

const certificate = await readFile(new URL('fixtures/receiver.example.cert.pem', import.meta.url), 'utf8');
const key = await readFile(new URL('fixtures/receiver.example.key.pem', import.meta.url), 'utf8');
const bodies: string[] = [];
const server = createServer({ cert: certificate, key }, async (request, response) => {
  bodies.push(await text(request));
  response.end('thanks');
});

before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

after(() => server.close());

const lookup: LookupFunction = (_hostname, { all }, callback) =>
  all === true ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4);

function send(hostname: string) {
  const url = new URL(`https://${hostname}:${(server.address() as AddressInfo).port}/`);
  return sendBounded({ url, headers: {}, body: Buffer.from('{}'), lookup, timeoutMs: 5_000 });
}

test('nothing is told to a receiver whose certificate nobody vouches for', async () => {
  await assert.rejects(send('receiver.example'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  assert.deepEqual(bodies, []);
});

test('a receiver is told the body when its certificate is trusted and is for that very name', async () => {
  const trusted = getCACertificates('default');
  setDefaultCACertificates([...trusted, certificate]);
  await assert.rejects(send('other.example'), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  assert.deepEqual(bodies, []);
  const { status, head } = await send('receiver.example');
  assert.deepEqual({ status, head: head.toString() }, { status: 200, head: 'thanks' });
  assert.deepEqual(bodies, ['{}']);
  setDefaultCACertificates(trusted);
});
