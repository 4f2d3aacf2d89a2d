import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import type { OutgoingMessage } from '#kit/channel.ts';
import type { Network } from '#kit/connector.ts';
import { channel } from './index.ts';
import { renderHtml } from './render-html.ts';

const message: OutgoingMessage = {
  id: '0197-m1',
  medium: 'email',
  recipient: 'asa@example.com',
  subject: 'Räkning från Djurkliniken',
  body: 'Hej Åsa!\n.\nBetala här: https://pay.example/c/abc',
};

/** What the server says instead of its usual answer to a command, or does with the connection. */
type Quirks = Readonly<Record<string, string | ((socket: Socket) => void)>>;

const usualAnswers: Readonly<Record<string, string>> = { DATA: '354 go on', QUIT: '221 bye' };

/** A small SMTP server: keeps the commands and the message it was given. */
async function mailServer(t: TestContext, quirks: Quirks = {}) {
  const commands: string[] = [];
  const letters: string[] = [];
  const server = createServer((socket) => {
    t.after(() => socket.destroy());
    socket.on('error', () => socket.destroy());
    const say = (command: string, usual: string) => {
      const quirk = quirks[command] ?? usual;
      if (typeof quirk === 'string') socket.write(`${quirk}\r\n`);
      else quirk(socket);
    };
    let letter: string[] | undefined;
    const hearCommand = (line: string) => {
      commands.push(line);
      const command = line.split(/[ :]/, 1)[0]?.toUpperCase() ?? '';
      if (command === 'DATA') letter = [];
      say(command, usualAnswers[command] ?? '250 ok');
    };
    const hearLetter = (line: string, lines: string[]) => {
      if (line !== '.') return lines.push(line.replace(/^\./, ''));
      letters.push(lines.join('\n'));
      letter = undefined;
      return say('message', '250 ok queued as 42');
    };
    say('greeting', '220 mail.example ESMTP');
    createInterface(socket)
      // The lines tell of the socket's error once more.
      .on('error', () => socket.destroy())
      .on('line', (line) => (letter === undefined ? hearCommand(line) : hearLetter(line, letter)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return { port: (server.address() as AddressInfo).port, commands, letters };
}

const network: Network = { exchange: () => Promise.reject(new Error('not by HTTP')), timeoutMs: 2_000 };

function open(port: number, given: Record<string, string> = {}, timeoutMs = network.timeoutMs) {
  const settings = {
    host: '127.0.0.1',
    port: String(port),
    security: 'none',
    from: 'pay@clinic.example',
    ...given,
  };
  return channel.open(settings, { ...network, timeoutMs });
}

test('an e-mail reaches the server once, whole, and under the message\u2019s own id', async (t) => {
  const { port, commands, letters } = await mailServer(t);
  const outcome = await open(port).send(message);
  assert.deepEqual(outcome, { kind: 'accepted', providerReference: '250 ok queued as 42' });
  assert.equal(letters.length, 1);
  const [letter = ''] = letters;
  assert.match(letter, /^Message-ID: <0197-m1@clinic\.example>$/m);
  assert.match(letter, /^To: asa@example\.com$/m);
  assert.match(letter, /^From: pay@clinic\.example$/m);
  assert.match(letter, /^Auto-Submitted: auto-generated$/m);
  assert.match(letter, /^Content-Type: text\/plain; charset=utf-8$/m);
  assert.match(letter, /^Content-Type: text\/html; charset=utf-8$/m);
  assert.doesNotMatch(letter, /^List-Unsubscribe/m);
  assert.match(letter, /^\.$/m);
  assert.deepEqual(
    commands.filter((command) => /^(MAIL|RCPT)/.test(command)).map((command) => command.split(' ', 2)[1]),
    ['FROM:<pay@clinic.example>', 'TO:<asa@example.com>'],
  );
});

test('a subject cannot smuggle a header or a second recipient', async (t) => {
  const { port, commands, letters } = await mailServer(t);
  await open(port).send({ ...message, subject: 'Hej\r\nBcc: eve@example.com\r\n\r\nHi' });
  assert.equal(commands.filter((command) => command.startsWith('RCPT')).length, 1);
  assert.doesNotMatch(letters.join('\n'), /^Bcc:/m);
  for (const recipient of [
    'asa@example.com, eve@example.com',
    'asa@example.com\r\nRCPT TO:<eve@example.com>',
    'Eve <eve@example.com>',
  ])
    assert.equal((await open(port).send({ ...message, recipient })).kind, 'rejected');
  assert.equal(letters.length, 1);
});

test('what the server refuses is rejected, what it does not take now is deferred, with its code', async (t) => {
  const refusals: [expected: string, quirks: Quirks][] = [
    ['deferred', { greeting: '554 not you' }],
    ['deferred', { MAIL: '451 later' }],
    ['deferred', { RCPT: '450 greylisted' }],
    ['deferred', { message: '452 no room' }],
    ['rejected', { MAIL: '550 not from you' }],
    ['rejected', { RCPT: '550 no such mailbox' }],
    ['rejected', { DATA: '554 no' }],
    ['rejected', { message: '552 too large' }],
  ];
  for (const [expected, quirks] of refusals) {
    const { port } = await mailServer(t, quirks);
    const outcome = await open(port).send(message);
    const code = String(Object.values(quirks)[0]).slice(0, 3);
    assert.equal(outcome.kind, expected, JSON.stringify([quirks, outcome]));
    assert.match(JSON.stringify(outcome), new RegExp(code));
  }
});

test('an e-mail that can be stopped says so to mail programs', async (t) => {
  const { port, letters } = await mailServer(t);
  await open(port).send({ ...message, optOutUrl: 'https://pay.example/pay/t/reminders' });
  assert.match(letters[0] ?? '', /^List-Unsubscribe: <https:\/\/pay\.example\/pay\/t\/reminders>$/m);
  assert.match(letters[0] ?? '', /^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
});

test('the HTML is the text, its addresses are links, and nothing in it is markup', () => {
  const html = renderHtml('Hej <b>Åsa</b> & "co"!\nRad två\n\nBetala:\nhttps://pay.example/pay/a?b=1&c="x\n');
  assert.ok(html.includes('<p>Hej &lt;b&gt;Åsa&lt;/b&gt; &amp; &quot;co&quot;!<br>\nRad två</p>'), html);
  assert.ok(
    html.includes(
      '<a href="https://pay.example/pay/a?b=1&amp;c=">https://pay.example/pay/a?b=1&amp;c=</a>&quot;x',
    ),
    html,
  );
});

test('a server that is not there, or never greets, has surely not taken the message', async (t) => {
  const { port } = await mailServer(t, { greeting: () => undefined });
  assert.equal((await open(port, {}, 200).send(message)).kind, 'deferred');
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const closedPort = (closed.address() as AddressInfo).port;
  await new Promise((resolve) => closed.close(resolve));
  assert.equal((await open(closedPort).send(message)).kind, 'deferred');
});

test('a server lost after the message was sent may have taken it: unknown', async (t) => {
  for (const quirk of [(socket: Socket) => socket.destroy(), () => undefined, '421 going down']) {
    const { port, letters } = await mailServer(t, {
      message: typeof quirk === 'string' ? (socket) => socket.end(`${quirk}\r\n`) : quirk,
    });
    assert.equal((await open(port, {}, 300).send(message)).kind, 'unknown');
    assert.equal(letters.length, 1);
  }
});

test('without the encryption that was asked for, nothing is sent', async (t) => {
  for (const security of ['starttls', 'tls']) {
    const { port, commands } = await mailServer(t);
    const outcome = await open(port, { security, user: 'u', password: 'p' }, 500).send(message);
    assert.notEqual(outcome.kind, 'accepted');
    assert.equal(
      commands.some((command) => /^(AUTH|MAIL|DATA)/.test(command)),
      false,
      security,
    );
  }
});

test('settings that cannot work are refused when the channel is opened', () => {
  for (const wrong of [
    { host: '' },
    { port: '0' },
    { port: 'smtp' },
    { security: 'ssl' },
    { from: 'clinic' },
    { user: 'u' },
  ])
    assert.throws(() => open(587, wrong), /^Error: smtp: /);
});
