/** Nothing inside is ever connected to: every test counts the connections that reach a listener on this machine. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { after, before, test } from 'node:test';
import type { TargetPolicy } from '#kit/callback-url.ts';
import { checkedLookup } from './checked-lookup.ts';
import { type PostResult, postSigned } from './post-signed.ts';
import type { ResolveHost } from './resolve-host.ts';

let connections = 0;
let sink: Server;
let port = 0;

/** Listens on every address of this machine, v4 and v6 where there is v6. */
before(async () => {
  sink = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  sink.on('error', () => sink.listen(0, '0.0.0.0'));
  sink.listen(0, '::');
  await once(sink, 'listening');
  port = (sink.address() as AddressInfo).port;
});

after(() => sink.close());

function production(): TargetPolicy {
  return { ports: [port], ownAddresses: [] };
}

function demo(ownPorts: readonly number[] = []): TargetPolicy {
  return { ports: [port], ownAddresses: [], loopback: { ownPorts } };
}

function post(
  url: string,
  policy: TargetPolicy,
  resolve: ResolveHost = async () => ['127.0.0.1'],
): Promise<PostResult> {
  return postSigned(
    { url, body: '{}', id: 'm1', timestamp: new Date(0), secrets: [], policy },
    { resolve, timeoutMs: 300 },
  );
}

/** Posts to all at once and counts what reached the sink. */
async function connectionsMadeBy(
  posts: () => Promise<PostResult>[],
): Promise<{ made: number; results: PostResult[] }> {
  const before = connections;
  const results = await Promise.all(posts());
  return { made: connections - before, results };
}

function spellings(): string[] {
  const hosts = [
    ...[
      '127.0.0.1',
      '127.1',
      '127.0.1',
      '127.1.2.3',
      '127.255.255.254',
      '2130706433',
      '017700000001',
      '0x7f000001',
    ],
    ...[
      '0x7f.1',
      '0x7F.0x0.0x0.0x1',
      '0177.0.0.1',
      '0177.0x0.0.01',
      '127.0.0.1.',
      '127.0.0.0x1',
      '0',
      '0.0.0.0',
      '0x0',
    ],
    ...[
      '%31%32%37.0.0.1',
      '１２７.０.０.１',
      '127。0。0。1',
      '①②⑦.0.0.1',
      '127.0.0.1%2f',
      '0000000177.0000000.0000000.01',
    ],
    ...[
      '[::1]',
      '[::]',
      '[0:0:0:0:0:0:0:1]',
      '[0000::0001]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[::127.0.0.1]',
    ],
    ...[
      '[64:ff9b::127.0.0.1]',
      '[64:ff9b::7f00:1]',
      '[2002:7f00:1::]',
      '[2002:7f00:0001::1]',
      '[fe80::1]',
      '[fe80::1%25lo]',
    ],
    ...[
      '[fc00::1]',
      '[fd00:ec2::254]',
      '[ff02::1]',
      '[fec0::1]',
      '[::ffff:0:127.0.0.1]',
      '[2001:0:7f00:1::]',
      '[::ffff:a9fe:a9fe]',
    ],
    ...[
      'localhost',
      'LOCALHOST',
      'localhost.',
      'ｌocalhost',
      'inner',
      'inner.example',
      'INNER.EXAMPLE.',
      'xn--inner-.example',
    ],
    ...[
      '169.254.169.254',
      '0xa9fea9fe',
      '2852039166',
      '100.64.0.1',
      '100.100.100.200',
      '10.0.0.1',
      '012.0.0.1',
      '172.16.0.1',
    ],
    ...[
      '192.168.0.1',
      '0xc0.0xa8.0.1',
      '192.168.257',
      '192.0.0.192',
      '168.63.129.16',
      '224.0.0.1',
      '255.255.255.255',
      '240.0.0.1',
    ],
  ];
  const at = `127.0.0.1:${port}`;
  return [
    ...hosts.map((host) => `https://${host}:${port}/`),
    ...[
      `https://example.com@${at}/`,
      `https://user:pass@${at}/`,
      `https://@${at}/`,
      `https://example.com:443@${at}/`,
    ],
    ...[
      `https://example.com\\@${at}/`,
      `https:\\\\${at}/`,
      `https:${at}/`,
      `https:/${at}/`,
      `https:///${at}/`,
      `//${at}/`,
    ],
    ...[
      `http://${at}/`,
      `HtTp://${at}/`,
      `hTTps://${at}/`,
      `gopher://${at}/`,
      `file://${at}/`,
      `ftp://${at}/`,
      `ws://${at}/`,
    ],
    ...[
      `https://127.0.0.1\t:${port}/`,
      `https://127.0.0.1:${port}\r\nhost: example.com`,
      ` https://${at}/`,
      `https://${at}#@example.com`,
    ],
  ];
}

test('no spelling of an inner target is ever connected to', async () => {
  const urls = spellings();
  assert.equal(urls.length >= 60, true);
  const { made, results } = await connectionsMadeBy(() => urls.map((url) => post(url, production())));
  assert.equal(made, 0);
  for (const [index, result] of results.entries()) {
    assert.equal(result.kind, 'failed', urls[index]);
    assert.doesNotMatch(
      JSON.stringify(result),
      /E[A-Z]{4,}/,
      `${urls[index]} was refused before any connection`,
    );
  }
});

test('demo mode opens this machine to no other spelling, and keeps its own ports closed', async () => {
  const urls = [
    ...['127.0.0.2', '0.0.0.0', '[::1]', '[::ffff:127.0.0.1]', 'localhost.', 'inner.example'].map(
      (host) => `http://${host}:${port}/`,
    ),
    ...[`https://localhost:${port}/`, `https://127.0.0.1:${port}/`, `https://inner.example:${port}/`],
  ];
  assert.equal((await connectionsMadeBy(() => urls.map((url) => post(url, demo())))).made, 0);
  const own = [`http://localhost:${port}/`, `http://127.0.0.1:${port}/`, `http://2130706433:${port}/`];
  assert.equal((await connectionsMadeBy(() => own.map((url) => post(url, demo([port]))))).made, 0);
});

test('the same listener is reached where demo mode allows it', async () => {
  const urls = [`http://localhost:${port}/`, `http://127.0.0.1:${port}/`];
  assert.equal((await connectionsMadeBy(() => urls.map((url) => post(url, demo())))).made, 2);
});

test('a name with any inner address is refused, whatever stands beside it', async () => {
  const inner = [
    '127.0.0.1',
    '::1',
    '::ffff:127.0.0.1',
    '10.0.0.1',
    '169.254.169.254',
    '100.64.0.1',
    'fd00::1',
    '64:ff9b::7f00:1',
  ];
  const answers = inner.flatMap((address) => [[address], ['8.8.8.8', address], [address, '2606:4700::1111']]);
  const { made, results } = await connectionsMadeBy(() =>
    answers.map((addresses) => post(`https://inner.example:${port}/`, production(), async () => addresses)),
  );
  assert.equal(made, 0);
  for (const result of results)
    assert.deepEqual(result, { kind: 'failed', reason: 'the host has an address that is not public' });
});

test('a name that resolves to one of our own addresses is refused', async () => {
  const policy = { ...production(), ownAddresses: ['8.8.8.0/24'] };
  const result = await post(`https://us.example:${port}/`, policy, async () => ['8.8.8.8']);
  assert.deepEqual(result, { kind: 'failed', reason: 'the host has an address that is not public' });
});

test('a name that changes its answer between the check and the connection gains nothing', async () => {
  // 3000::1 passes as public and leads nowhere: IANA has given that block to nobody.
  let lookups = 0;
  const rebinding = async () => (lookups++ % 2 === 0 ? ['3000::1'] : ['127.0.0.1']);
  const { made } = await connectionsMadeBy(() => [
    post(`https://rebinding.example:${port}/`, production(), rebinding),
  ]);
  assert.equal(made, 0);
  assert.equal(lookups, 1);
});

test('of a thousand lookups of a rebinding name, none hands the socket an unchecked address', async () => {
  const answers = [
    ['8.8.8.8'],
    ['127.0.0.1'],
    ['8.8.8.8', '10.0.0.1'],
    ['2606:4700::1111'],
    ['::1', '8.8.8.8'],
    [],
  ];
  let turn = 0;
  const rebinding = async () => answers[turn++ % answers.length] ?? [];
  const lookup = checkedLookup(production(), rebinding);
  const given: string[] = [];
  for (let count = 0; count < 1_000; count += 1)
    await new Promise<void>((resolve) => {
      lookup('rebinding.example', { all: count % 2 === 0 }, (_error, answer) => {
        given.push(...(typeof answer === 'string' ? [answer] : answer.map(({ address }) => address)));
        resolve();
      });
    });
  assert.deepEqual(new Set(given), new Set(['', '8.8.8.8', '2606:4700::1111']));
});

test('a redirect to the inside is a failure, not a direction', async () => {
  const receiver = createHttpServer((request, response) => {
    response.writeHead(Number(request.url?.slice(1)), { location: `http://127.0.0.1:${port}/` }).end();
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const base = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  for (const status of [301, 302, 303, 307, 308]) {
    const { made, results } = await connectionsMadeBy(() => [post(`${base}/${status}`, demo())]);
    assert.equal(made, 0);
    assert.deepEqual(results, [
      { kind: 'failed', status, reason: `answered ${status}: redirects are not followed`, responseHead: '' },
    ]);
  }
  receiver.close();
});
