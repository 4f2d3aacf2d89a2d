/** E-mails to a real mail server in a process of its own, by the channel and by the whole product. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { manualClock } from '#kit/clock.ts';
import type { TenantId } from '#kit/ids.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type MailServer, startMailServer } from '#test/support/mail-server.ts';
import { type PingClient, pingClient } from '#test/support/ping-client.ts';
import { channel } from './index.ts';

let mail: MailServer;

const network = { exchange: () => Promise.reject(new Error('not by HTTP')), timeoutMs: 10_000 };

function sendTo(recipient: string, given: Record<string, string> = {}) {
  const settings = {
    host: 'localhost',
    port: String(mail.port),
    security: 'starttls',
    from: 'pay@clinic.example',
    user: 'clinic',
    password: 'right',
    ...given,
  };
  const message = { id: 'm1', medium: 'email', subject: 'Räkning', body: 'Hej Åsa!' } as const;
  return channel.open(settings, network).send({ ...message, recipient });
}

describe('an e-mail', () => {
  before(async () => {
    mail = await startMailServer();
  });
  after(() => mail.stop());

  it('goes over TLS, after the login, and is accepted', async () => {
    const outcome = await sendTo('asa@example.com');
    assert.equal(outcome.kind, 'accepted', JSON.stringify(outcome));
    assert.deepEqual([mail.letters.at(-1)?.to, mail.letters.at(-1)?.isSecure], [['asa@example.com'], true]);
  });

  it('that is not taken is told apart: refused for good, turned away for now, no login', async () => {
    const handed = mail.letters.length;
    assert.equal((await sendTo('unknown@example.com')).kind, 'rejected');
    assert.equal((await sendTo('later@example.com')).kind, 'deferred');
    assert.equal((await sendTo('asa@example.com', { password: 'wrong' })).kind, 'deferred');
    assert.equal(mail.letters.length, handed);
    assert.equal((await sendTo('later@example.com')).kind, 'accepted');
  });

  it('with which the server dies in its hands may have gone: unknown', async () => {
    const dying = await startMailServer();
    const outcome = await sendTo('lost@example.com', { port: String(dying.port) });
    assert.equal(outcome.kind, 'unknown', JSON.stringify(outcome));
    await dying.stop();
  });
});

describe('a live tenant’s e-mail', () => {
  const clock = manualClock(new Date('2026-11-02T08:00:00Z'));
  let app: TestApp;
  let ping: PingClient;
  let server: MailServer;
  before(async () => {
    server = await startMailServer();
    app = await startTestApp({
      clock,
      environment: {
        SMTP_URL: `smtp://clinic:right@localhost:${server.port}`,
        EMAIL_FROM: 'pay@clinic.example',
      },
    });
    ping = pingClient(app);
    // A demo opens no live book, so that one of its books is made live behind its back.
    await app.app.core.database.query(`update tenants set mode = 'live' where name = 'Demo One'`);
  });
  after(async () => {
    await app.stop();
    await server.stop();
  });

  const drain = () => app.app.core.work.drain(app.tenants[0]?.tenant.id ?? ('' as TenantId));

  async function distribute(customer_email: string): Promise<() => Promise<string | undefined>> {
    const { id } = await ping.createLink({ language: 'SE' });
    const body = { methods: ['email'], customer_email };
    assert.equal((await ping.call('PUT', `/payment_links/${id}/distribute`, body)).status, 204);
    await drain();
    return async () => {
      const [row] = await app.app.core.database.query<{ status: string }>(
        'select status from messages where link_id = $1',
        [id],
      );
      return row?.status;
    };
  }

  const lettersTo = (address: string) => server.letters.filter(({ to }) => to.includes(address));

  it('that is turned away is handed over again a minute later, and arrives once', async () => {
    const status = await distribute('later@example.com');
    assert.equal(await status(), 'queued');
    await drain();
    assert.equal(await status(), 'queued');
    clock.advance(60_000);
    await drain();
    assert.equal(await status(), 'sent');
    clock.advance(86_400_000);
    await drain();
    assert.equal(lettersTo('later@example.com').length, 1);
  });

  it('that nobody can receive fails at once', async () => {
    assert.equal(await (await distribute('unknown@example.com'))(), 'failed');
  });

  it('that was lost with its server is unknown, and is never sent again', async () => {
    const status = await distribute('lost@example.com');
    assert.equal(await status(), 'unknown');
    clock.advance(7 * 86_400_000);
    await drain();
    assert.equal(await status(), 'unknown');
    assert.equal(lettersTo('lost@example.com').length, 1);
  });
});
