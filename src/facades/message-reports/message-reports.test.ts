/** What SMS providers report, and what people answer, as it comes in from outside. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type CreatedLink, type PingClient, pingClient } from '#test/support/ping-client.ts';

const authToken = 'twilio-token';
const replyToken = 'r'.repeat(24);
const phone = '+46700000000';

interface Sent {
  readonly to: string;
  readonly reportUrl: string;
}

interface Place {
  readonly app: TestApp;
  readonly ping: PingClient;
  /** What the provider was handed, oldest first. */
  readonly sent: Sent[];
  /** Whether the provider's answers are lost on the way. */
  silent: boolean;
}

/** A server whose first tenant is live and sends its SMS by this provider. */
async function startLive(
  environment: Record<string, string>,
  fields: { to: string; report: string },
): Promise<Place> {
  const sent: Sent[] = [];
  const place = { sent, silent: false } as { -readonly [Key in keyof Place]: Place[Key] };
  place.app = await startTestApp({
    environment: { ...environment, SMS_FROM: 'Kliniken', SMS_REPLY_TOKEN: replyToken },
    fetch: async (_url, init) => {
      const form = new URLSearchParams(String(init?.body));
      sent.push({ to: form.get(fields.to) ?? '', reportUrl: form.get(fields.report) ?? '' });
      if (place.silent) throw new TypeError('lost');
      return Response.json(
        { id: `s${sent.length}`, sid: `SM${sent.length}`, status: 'created' },
        { status: 200 },
      );
    },
  });
  place.ping = pingClient(place.app);
  // A demo opens no live book, so that one of its books is made live behind its back.
  await place.app.app.core.database.query(`update tenants set mode = 'live' where name = 'Demo One'`);
  return place;
}

/** Sends the SMS of a new link, and answers where its report is to go. */
async function send(
  { app, ping, sent }: Place,
  link?: CreatedLink,
): Promise<{ link: CreatedLink; reportUrl: string }> {
  const made = link ?? (await ping.createLink());
  const answer = await ping.call('PUT', `/payment_links/${made.id}/distribute`, { methods: ['sms'] });
  assert.equal(answer.status, 204);
  await app.app.core.work.drain(app.tenants[0]?.tenant.id ?? ('' as never));
  return { link: made, reportUrl: sent.at(-1)?.reportUrl ?? '' };
}

const post = async (url: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  (await fetch(url, { method: 'POST', body: new URLSearchParams(form), headers })).status;

const smsStatus = async ({ ping }: Place, link: CreatedLink) =>
  (await ping.call('GET', `/payment_links/${link.id}`)).body.sms_status;

/** Whether the number has turned its reminders off, as its page says. */
async function wantsReminders(link: CreatedLink): Promise<boolean> {
  return (await (await fetch(`${link.checkoutUrl}/reminders`)).text()).includes('value="off"');
}

describe('a report of 46elks', () => {
  let place: Place;
  before(async () => {
    place = await startLive(
      { ELKS_USERNAME: 'u', ELKS_PASSWORD: 'p' },
      { to: 'to', report: 'whendelivered' },
    );
  });
  after(() => place.app.stop());

  it('says what became of the SMS, once and however often it comes', async () => {
    const { link, reportUrl } = await send(place);
    assert.equal(await smsStatus(place, link), 'PENDING');
    const delivered = { id: 's1', status: 'delivered', delivered: '2026-11-02T08:00:00' };
    for (let time = 0; time < 3; time += 1) assert.equal(await post(reportUrl, delivered), 204);
    assert.equal(await smsStatus(place, link), 'DELIVERED');
    assert.equal(await post(reportUrl, { id: 's1', status: 'failed' }), 204);
    assert.equal(await smsStatus(place, link), 'DELIVERED');
  });

  it('that it failed is believed until it is delivered after all', async () => {
    const { link, reportUrl } = await send(place);
    assert.equal(await post(reportUrl, { id: 's1', status: 'failed' }), 204);
    assert.equal(await smsStatus(place, link), 'FAILED');
    assert.equal(await post(reportUrl, { id: 's1', status: 'delivered' }), 204);
    assert.equal(await smsStatus(place, link), 'DELIVERED');
  });

  it('tells of an SMS of which nobody knew whether it was taken, and it is not sent again', async () => {
    place.silent = true;
    const { link, reportUrl } = await send(place);
    place.silent = false;
    const handedOver = place.sent.length;
    assert.equal(await smsStatus(place, link), 'PENDING');
    assert.equal(await post(reportUrl, { id: 's1', status: 'delivered' }), 204);
    assert.equal(await smsStatus(place, link), 'DELIVERED');
    await place.app.app.core.work.drain(place.app.tenants[0]?.tenant.id ?? ('' as never));
    assert.equal(place.sent.length, handedOver);
  });

  it('of an earlier SMS of the link does not speak for the later', async () => {
    const first = await send(place);
    const second = await send(place, first.link);
    assert.equal(await post(first.reportUrl, { id: 's1', status: 'delivered' }), 204);
    assert.equal(await smsStatus(place, first.link), 'PENDING');
    assert.equal(await post(second.reportUrl, { id: 's2', status: 'failed' }), 204);
    assert.equal(await smsStatus(place, first.link), 'FAILED');
  });

  it('under an address we did not give out is answered like an address that is not there', async () => {
    const { link, reportUrl } = await send(place);
    const other = await send(place);
    const token = reportUrl.split('/').at(-1) ?? '';
    const foreign = other.reportUrl.split('/').at(-1) ?? '';
    const forged = [
      `${token.slice(0, -1)}${token.endsWith('A') ? 'E' : 'A'}`,
      foreign.slice(0, 43) + token.slice(43),
      token.slice(0, 43) + foreign.slice(43),
      'A'.repeat(64),
      token.slice(0, 40),
      `${token}A`,
      '%00',
    ];
    const nowhere = await fetch(`${place.app.url}/messages/nowhere`, { method: 'POST' });
    const nothing = await nowhere.text();
    for (const wrong of forged) {
      const answer = await fetch(`${place.app.url}/messages/report/sms-46elks/${wrong}`, {
        method: 'POST',
        body: new URLSearchParams({ status: 'delivered' }),
      });
      assert.deepEqual([answer.status, await answer.text()], [404, nothing], wrong);
    }
    for (const channel of ['sms-twilio', 'inbox', 'smtp', '__proto__'])
      assert.equal(
        await post(`${place.app.url}/messages/report/${channel}/${token}`, { status: 'delivered' }),
        404,
      );
    assert.equal(await smsStatus(place, link), 'PENDING');
    assert.equal(await smsStatus(place, other.link), 'PENDING');
  });

  it('that says nothing, or nothing we know, changes nothing', async () => {
    const { link, reportUrl } = await send(place);
    for (const form of [{}, { status: 'sent' }, { status: '' }, { from: phone, message: 'STOP' }] as const)
      assert.equal(await post(reportUrl, form), 204);
    assert.equal(await smsStatus(place, link), 'PENDING');
    assert.equal(await wantsReminders(link), true);
  });

  it('of an answer of STOP turns reminders off, START turns them on, and nobody else can', async () => {
    const { link } = await send(place);
    const url = `${place.app.url}/messages/reply/sms-46elks/${replyToken}`;
    const reply = (message: string) => ({ direction: 'incoming', id: 's1', from: phone, to: '+46', message });
    assert.equal(await post(`${url}x`, reply('STOP')), 404);
    assert.equal(await post(url, reply('Stop sending me so many cats')), 204);
    assert.equal(await post(url, { ...reply('STOP'), from: '+46700000001' }), 204);
    assert.equal(await wantsReminders(link), true);
    assert.equal(await post(url, reply(' Stopp! ')), 204);
    assert.equal(await wantsReminders(link), false);
    assert.equal(await post(url, reply('start')), 204);
    assert.equal(await wantsReminders(link), true);
  });
});

describe('a report of Twilio', () => {
  let place: Place;
  before(async () => {
    place = await startLive(
      { TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`, TWILIO_AUTH_TOKEN: authToken },
      { to: 'To', report: 'StatusCallback' },
    );
  });
  after(() => place.app.stop());

  const signed = (url: string, form: Record<string, string>, key = authToken) => {
    const fields = Object.keys(form).toSorted();
    const text = url + fields.map((name) => name + form[name]).join('');
    return { 'x-twilio-signature': createHmac('sha1', key).update(text).digest('base64') };
  };

  it('is believed under Twilio’s signature, in whatever order the states come', async () => {
    const { link, reportUrl } = await send(place);
    const report = (MessageStatus: string) => ({ MessageSid: 'SM1', MessageStatus, AccountSid: 'AC0' });
    for (const state of ['queued', 'delivered', 'sent', 'sending', 'delivered']) {
      assert.equal(await post(reportUrl, report(state), signed(reportUrl, report(state))), 204);
    }
    assert.equal(await smsStatus(place, link), 'DELIVERED');
  });

  it('without the signature, or with one over something else, changes nothing', async () => {
    const { link, reportUrl } = await send(place);
    const form = { MessageSid: 'SM1', MessageStatus: 'delivered' };
    const other = await send(place);
    for (const headers of [
      {},
      { 'x-twilio-signature': '' },
      signed(reportUrl, form, 'another token'),
      signed(other.reportUrl, form),
      signed(reportUrl, { ...form, MessageStatus: 'failed' }),
    ] as const)
      assert.equal(await post(reportUrl, form, headers), 404);
    assert.equal(await smsStatus(place, link), 'PENDING');
  });

  it('tells why an SMS was not delivered, and of STOP', async () => {
    const { link, reportUrl } = await send(place);
    const failed = { MessageSid: 'SM1', MessageStatus: 'undelivered', ErrorCode: '30003' };
    assert.equal(await post(reportUrl, failed, signed(reportUrl, failed)), 204);
    assert.equal(await smsStatus(place, link), 'FAILED');
    const [row] = await place.app.app.core.database.query<{ detail: string }>(
      'select detail from messages where link_id = $1',
      [link.id],
    );
    assert.equal(row?.detail, 'undelivered 30003');
    const url = `${place.app.url}/messages/reply/sms-twilio/${replyToken}`;
    const stop = { From: phone, To: '+46', Body: 'STOP', MessageSid: 'SM2' };
    assert.equal(await post(url, stop), 404);
    assert.equal(await wantsReminders(link), true);
    assert.equal(await post(url, stop, signed(url, stop)), 204);
    assert.equal(await wantsReminders(link), false);
  });
});
