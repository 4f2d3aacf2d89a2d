/**
 * A mail server as a process of its own, as the world has them: STARTTLS, login, refusals. What it takes it tells its
 * parent. A recipient's name says what befalls: `unknown`, `later` (turned away once), `lost` (the server dies
 * with the message in its hands).
 */
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

const read = (name: string) =>
  readFileSync(new URL(`../../src/messaging/smtp/fixtures/${name}`, import.meta.url));

const turnedAway = new Set<string>();

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

const server = new SMTPServer({
  key: read('localhost-key.pem'),
  cert: read('localhost-cert.pem'),
  onAuth: ({ username, password }, _session, done) =>
    username === 'clinic' && password === 'right'
      ? done(null, { user: username })
      : done(refusal(535, 'Wrong login')),
  onRcptTo: ({ address }, _session, done) => {
    if (address.startsWith('unknown@')) return done(refusal(550, 'No such mailbox'));
    if (address.startsWith('later@') && !turnedAway.has(address)) {
      turnedAway.add(address);
      return done(refusal(451, 'Greylisted'));
    }
    return done();
  },
  onData: (stream, session, done) => {
    void text(stream).then((letter) => {
      const to = session.envelope.rcptTo.map(({ address }) => address);
      process.send?.({ to, letter, isSecure: session.secure }, () => {
        if (to.some((address) => address.startsWith('lost@'))) process.exit(1);
        done(null, `queued as ${letter.length}`);
      });
    });
  },
});
server.on('error', () => undefined);
server.listen(0, 'localhost', () => {
  const address = server.server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});
