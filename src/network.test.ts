import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { readPem } from './connectors/swish/contract-setup.ts';
import { openNetwork } from './network.ts';

const seen: { client: string; method: string; body: string }[] = [];
let server: Server;
let url: string;

before(async () => {
  server = createServer({
    key: readPem('server.key'),
    cert: readPem('server'),
    ca: readPem('authority'),
    requestCert: true,
    rejectUnauthorized: true,
  });
  server.on('request', async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { CN = '' } = (request.socket as TLSSocket).getPeerCertificate().subject;
    seen.push({ client: String(CN), method: request.method ?? '', body: String(Buffer.concat(chunks)) });
    if (request.url === '/hang') return;
    if (request.url === '/elsewhere') response.writeHead(302, { location: url }).end();
    else response.writeHead(201, { location: '/made' }).end('{"ok":true}');
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  url = `https://localhost:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const network = openNetwork(5_000);
const certificate = () => ({
  certificate: readPem('client'),
  key: readPem('client.key'),
  authority: readPem('authority'),
});
const ask = (path: string, clientCertificate?: ReturnType<typeof certificate>, timeoutMs = 5_000) =>
  network.fetch(url + path, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: '{"amount":"1.00"}',
    signal: AbortSignal.timeout(timeoutMs),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
  });

describe('the network', () => {
  it('shows a processor that asks for it the certificate of the account', async () => {
    const answer = await ask('/', certificate());
    assert.equal(answer.status, 201);
    assert.equal(answer.headers.get('location'), '/made');
    assert.deepEqual(await answer.json(), { ok: true });
    assert.deepEqual(seen.at(-1), { client: '1231181189', method: 'PUT', body: '{"amount":"1.00"}' });
  });

  it('does not speak to a processor that somebody else has signed, nor without a certificate', async () => {
    const before = seen.length;
    const { authority: _authority, ...unsigned } = certificate();
    await assert.rejects(
      network.fetch(url, {
        method: 'GET',
        headers: {},
        signal: AbortSignal.timeout(5_000),
        clientCertificate: unsigned,
      }),
    );
    await assert.rejects(ask('/'));
    assert.equal(seen.length, before);
  });

  it('follows no redirect, and gives up when it is told to', async () => {
    const answer = await ask('/elsewhere', certificate());
    assert.equal(answer.status, 302);
    await answer.body?.cancel();
    await assert.rejects(ask('/hang', certificate(), 100), { name: 'TimeoutError' });
  });
});
