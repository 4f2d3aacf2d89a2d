import assert from 'node:assert/strict';
import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { readPem } from './connectors/swish/contract-setup.ts';
import type { ClientCertificate, Network } from './kit/connector.ts';
import { openNetwork } from './network.ts';

interface Seen {
  readonly client: string;
  readonly method: string;
  readonly length: string | undefined;
  readonly body: string;
}

const maxBytes = 1_024;
const seen: Seen[] = [];
let connections = 0;
const plain = http.createServer(answer).on('connection', () => {
  connections += 1;
});
const secure = https.createServer(
  {
    key: readPem('server.key'),
    cert: readPem('server'),
    ca: readPem('authority'),
    requestCert: true,
    rejectUnauthorized: true,
  },
  answer,
);

/** The other side: what becomes of a request, its path says. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { CN = '' } = (request.socket as Partial<TLSSocket>).getPeerCertificate?.().subject ?? {};
  const { method = '', headers } = request;
  seen.push({
    client: String(CN),
    method,
    length: headers['content-length'],
    body: String(Buffer.concat(chunks)),
  });
  if (request.url === '/hang') return;
  if (request.url === '/elsewhere') response.writeHead(302, { location: addressOf(secure) }).end();
  else if (request.url === '/endless') response.writeHead(200).write('x'.repeat(maxBytes + 1));
  else if (request.url === '/trickle') response.writeHead(200).write('{');
  else if (request.url === '/broken') {
    response.writeHead(200, { 'content-length': '100' }).write('{');
    setImmediate(() => response.destroy());
  } else response.writeHead(201, { location: '/made' }).end('{"ok":true}');
}

const addressOf = (server: http.Server | https.Server) =>
  `${server === secure ? 'https' : 'http'}://localhost:${(server.address() as AddressInfo).port}`;

before(async () => {
  for (const server of [plain, secure]) {
    server.listen(0, 'localhost');
    await once(server, 'listening');
  }
});
after(() => {
  for (const server of [plain, secure]) {
    server.closeAllConnections();
    server.close();
  }
});

const certificate = () => ({
  certificate: readPem('client'),
  key: readPem('client.key'),
  authority: readPem('authority'),
});

const network = openNetwork(5_000);

interface Asking {
  readonly clientCertificate?: ClientCertificate;
  readonly over?: Network;
}

function ask(url: string, { over = network, ...means }: Asking = {}) {
  return over.exchange(url, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: '{"amount":"1.00"}',
    maxBytes,
    ...means,
  });
}

describe('the network', () => {
  it('shows a processor that asks for it the certificate of the account', async () => {
    const { status, headers, body } = await ask(addressOf(secure), { clientCertificate: certificate() });
    assert.equal(status, 201);
    assert.equal(headers.location, '/made');
    assert.equal(String(body), '{"ok":true}');
    assert.deepEqual(seen.at(-1), {
      client: '1231181189',
      method: 'PUT',
      length: '17',
      body: '{"amount":"1.00"}',
    });
  });

  it('does not speak to a processor that somebody else has signed, nor without a certificate', async () => {
    const before = seen.length;
    const { authority: _authority, ...unsigned } = certificate();
    await assert.rejects(ask(addressOf(secure), { clientCertificate: unsigned }));
    await assert.rejects(ask(addressOf(secure)));
    await assert.rejects(ask(addressOf(plain), { clientCertificate: certificate() }), {
      code: 'ERR_INVALID_PROTOCOL',
    });
    assert.equal(seen.length, before);
  });

  it('uses a connection again that is free', async () => {
    const before = connections;
    const over = openNetwork(5_000);
    for (let round = 0; round < 3; round += 1)
      assert.equal((await ask(addressOf(plain), { over })).status, 201);
    assert.equal(connections, before + 1);
  });

  it('follows no redirect', async () => {
    const { status } = await ask(`${addressOf(plain)}/elsewhere`);
    assert.equal(status, 302);
    assert.equal(seen.at(-1)?.client, '');
  });

  it('reads no more of an answer than it was told to', async () => {
    const { status, body } = await ask(`${addressOf(plain)}/endless`);
    assert.deepEqual({ status, body }, { status: 200, body: undefined });
  });

  it('gives up in time, whether nothing comes or no end', async () => {
    const over = openNetwork(100);
    for (const path of ['/hang', '/trickle'])
      await assert.rejects(ask(addressOf(plain) + path, { over }), { name: 'TimeoutError' });
  });

  it('knows nothing of an answer that breaks off, or where nobody listens', async () => {
    await assert.rejects(ask(`${addressOf(plain)}/broken`));
    await assert.rejects(ask('http://localhost:9'), { code: 'ECONNREFUSED' });
    await assert.rejects(ask('nowhere'), { code: 'ERR_INVALID_URL' });
  });
});
