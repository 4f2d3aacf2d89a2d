/** Reminders as a tenant and its payers meet them: set up over the native API, found in the inbox by turning the clock. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { later, manualClock } from '#kit/clock.ts';
import type { LinkId, TenantId } from '#kit/ids.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import {
  type CreatedLink,
  type Json,
  type PingClient,
  pingClient,
  sendJson,
} from '#test/support/ping-client.ts';
import { queueMessage } from '../messages/queue-message.ts';
import { remindPayers } from './remind-payers.ts';

/** A Monday in winter: Stockholm is an hour ahead of UTC. */
const start = new Date('2026-11-02T08:00:00Z');
const clock = manualClock(start);
let app: TestApp;
let ping: PingClient;

before(async () => {
  app = await startTestApp({ clock });
  ping = pingClient(app);
  await setUp({ reminders: { daysBefore: [3, 0], daysAfter: [2, 5] } });
});
after(() => app.stop());

async function setUp(change: Json): Promise<void> {
  const answer = await sendJson(`${app.url}/v1/tenant`, 'PATCH', app.native(), change);
  assert.equal(answer.status, 200, answer.text);
}

async function now(): Promise<Date> {
  return new Date((await sendJson(`${app.url}/v1/test-clock`, 'GET', app.native())).body.now);
}

async function turnTo(instant: string | Date): Promise<void> {
  const to = new Date(instant).toISOString();
  const answer = await sendJson(`${app.url}/v1/test-clock/advance`, 'POST', app.native(), { to });
  assert.equal(answer.status, 200, answer.text);
}

/** A day so many days from the tenant's today. */
async function day(days: number): Promise<string> {
  return later(await now(), days * 86_400_000)
    .toISOString()
    .slice(0, 10);
}

async function distribute(link: CreatedLink, methods: readonly string[] = ['sms']): Promise<void> {
  const answer = await ping.call('PUT', `/payment_links/${link.id}/distribute`, { methods });
  assert.equal(answer.status, 204, answer.text);
  await app.app.core.work.drain(app.tenants[0]?.tenant.id ?? ('' as TenantId));
}

/** What was sent about a link, oldest first. */
async function messagesOf(link: CreatedLink): Promise<Json[]> {
  const { body } = await sendJson(`${app.url}/v1/messages?limit=200`, 'GET', app.native());
  return body.data.filter((message: Json) => message.linkId === link.id).toReversed();
}

const remindersOf = async (link: CreatedLink) =>
  (await messagesOf(link)).filter(({ kind }: Json) => kind === 'reminder');

const pay = (link: CreatedLink) =>
  ping.call('POST', `/payment_links/${link.id}/payments`, { provider: 'dummy', method: 'dummy' });

describe('a payer who was sent a bill', () => {
  it('is reminded at ten in the morning of the days the tenant chose, once each, until it expires', async () => {
    const dueDate = await day(10);
    const link = await ping.createLink({ due_date: dueDate, language: 'SE' });
    await distribute(link, ['sms', 'email']);
    await turnTo(later(await now(), 30 * 86_400_000));
    const reminders = await remindersOf(link);
    const at = (days: number) => later(new Date(`${dueDate}T09:00:00Z`), days * 86_400_000).getTime();
    assert.deepEqual(
      reminders.map(({ channel, createdAt }: Json) => [channel, Date.parse(createdAt)]).toSorted(),
      [
        ['email', at(-3)],
        ['email', at(0)],
        ['sms', at(-3)],
        ['sms', at(0)],
      ].toSorted(),
    );
    for (const { status, delivery } of reminders) assert.deepEqual([status, delivery], ['sent', 'delivered']);
    const email = reminders.find(({ channel }: Json) => channel === 'email');
    assert.match(email.subject, /^Påminnelse: betalning till /);
    assert.match(
      email.text,
      new RegExp(`${link.checkoutUrl}\n[\\s\\S]*fler påminnelser[\\s\\S]*/reminders\n$`),
    );
    assert.equal((await ping.call('GET', `/payment_links/${link.id}`)).body.status, 'EXPIRED');
  });

  it('after its due date is told that it is overdue, and reminded after it', async () => {
    const link = await ping.createLink({ due_date: await day(-1), language: 'FI' });
    await distribute(link);
    await turnTo(later(await now(), 20 * 86_400_000));
    const [invitation, ...reminders] = await messagesOf(link);
    assert.match(invitation.text, /erääntyi/);
    assert.equal(reminders.length, 2);
    for (const { text } of reminders) assert.match(text, /erääntyi .*Maksa tästä: http/);
  });

  it('is not reminded of what is paid, withdrawn or was never sent', async () => {
    const due = { due_date: await day(10) };
    const [paid, withdrawn, unsent] = await Promise.all([1, 2, 3].map(() => ping.createLink(due)));
    assert.ok(paid && withdrawn && unsent);
    await distribute(paid);
    await distribute(withdrawn);
    assert.equal((await pay(paid)).status, 200);
    assert.equal((await ping.call('PUT', `/payment_links/${withdrawn.id}/cancel`)).status, 204);
    await turnTo(later(await now(), 12 * 86_400_000));
    for (const link of [paid, withdrawn, unsent]) assert.deepEqual(await remindersOf(link), []);
  });

  it('is not reminded while paying, and is reminded an hour later if nothing came of it', async () => {
    const dueDate = await day(10);
    const link = await ping.createLink({ due_date: dueDate });
    await distribute(link);
    await turnTo(later(new Date(`${dueDate}T08:50:00Z`), -3 * 86_400_000));
    await ping.call('POST', `/payment_links/${link.id}/payments`, { provider: 'verifone', method: 'card' });
    await turnTo(later(new Date(`${dueDate}T09:05:00Z`), -3 * 86_400_000));
    assert.deepEqual(await remindersOf(link), []);
    await turnTo(later(new Date(`${dueDate}T13:00:00Z`), -3 * 86_400_000));
    assert.equal((await remindersOf(link)).length, 1);
  });

  it('gets each reminder once, though it is sent again and the tenant moves west', async () => {
    const dueDate = await day(10);
    const link = await ping.createLink({ due_date: dueDate });
    await distribute(link);
    await turnTo(later(new Date(`${dueDate}T09:30:00Z`), -3 * 86_400_000));
    assert.equal((await remindersOf(link)).length, 1);
    await setUp({ zone: 'America/New_York' });
    await distribute(link);
    await turnTo(later(new Date(`${dueDate}T20:00:00Z`), -3 * 86_400_000));
    await setUp({ zone: 'Europe/Stockholm' });
    assert.equal((await remindersOf(link)).length, 1);
  });

  it('is not sent a reminder that was still waiting when the link was withdrawn', async () => {
    const link = await ping.createLink();
    await distribute(link);
    const { core, tenantId } = {
      core: app.app.core,
      tenantId: app.tenants[0]?.tenant.id ?? ('' as TenantId),
    };
    await core.database.transaction(async (transaction) => {
      await queueMessage(core, transaction, {
        tenantId,
        medium: 'sms',
        kind: 'reminder',
        recipient: '+46700000000',
        subject: null,
        body: 'too late',
        optOutUrl: null,
        linkId: link.id as LinkId,
        requestKey: 'too-late',
        createdAt: clock.now(),
      });
      await transaction.query(`update links set status = 'cancelled' where id = $1`, [link.id]);
    });
    await core.work.drain(tenantId);
    const [reminder] = await remindersOf(link);
    assert.deepEqual([reminder.status, reminder.delivery], ['failed', null]);
  });

  it('who wants no reminders gets none from this tenant, and the bills the tenant sends all the same', async () => {
    const dueDate = await day(10);
    const link = await ping.createLink({ due_date: dueDate });
    await distribute(link, ['sms', 'email']);
    const page = `${link.checkoutUrl}/reminders`;
    const before = await (await fetch(page)).text();
    assert.match(before, /value="off"/);
    const turnedOff = await fetch(page, { method: 'POST', body: new URLSearchParams({ reminders: 'off' }) });
    assert.match(await turnedOff.text(), /Reminders are turned off/);
    await turnTo(later(await now(), 12 * 86_400_000));
    assert.deepEqual(await remindersOf(link), []);
    const next = await ping.createLink({ due_date: await day(10) });
    await distribute(next);
    assert.equal((await messagesOf(next))[0].status, 'sent');
    await turnTo(later(await now(), 12 * 86_400_000));
    assert.deepEqual(await remindersOf(next), []);
    const elsewhere = await fetch(page, { method: 'POST', body: new URLSearchParams({ reminders: 'on' }) });
    assert.match(await elsewhere.text(), /value="off"/);
  });

  it('is unsubscribed by one click in a mail program, which looking at the address is not', async () => {
    const link = await ping.createLink({ due_date: await day(10), language: 'DE' });
    await distribute(link, ['email']);
    const page = `${link.checkoutUrl}/reminders`;
    for (const method of ['GET', 'HEAD']) await fetch(page, { method });
    assert.match(await (await fetch(page)).text(), /value="off"/);
    const oneClick = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    assert.equal((await fetch(page, { method: 'POST', body: oneClick })).status, 204);
    assert.match(await (await fetch(page)).text(), /Erinnerungen sind abgeschaltet/);
    assert.equal((await fetch(page, { method: 'POST', body: oneClick })).status, 204);
    await fetch(page, { method: 'POST', body: new URLSearchParams({ reminders: 'on' }) });
    const unsent = await ping.createLink();
    assert.equal((await fetch(`${unsent.checkoutUrl}/reminders`)).status, 404);
    assert.equal((await fetch(`${app.url}/pay/nobody/reminders`)).status, 404);
  });

  it('is either reminded or has paid, when both happen at once', async () => {
    const dueDate = await day(10);
    const links = await Promise.all(Array.from({ length: 12 }, () => ping.createLink({ due_date: dueDate })));
    for (const link of links) await distribute(link);
    // One millisecond before: whatever falls due now is done by the sweeps below, which race with the payers.
    await turnTo(later(new Date(`${dueDate}T08:59:59.999Z`), -3 * 86_400_000));
    clock.advance(1);
    const sweeps = Array.from({ length: 6 }, () => remindPayers(app.app.core));
    await Promise.all([...sweeps, ...links.map(pay)]);
    await turnTo(await now());
    for (const link of links) {
      const reminders = await remindersOf(link);
      assert.ok(reminders.length <= 1, 'reminded twice');
      const { status } = (await ping.call('GET', `/payment_links/${link.id}`)).body;
      assert.equal(status, 'COMPLETED');
    }
    await turnTo(later(await now(), 12 * 86_400_000));
    for (const link of links) assert.ok((await remindersOf(link)).length <= 1, 'reminded after it was paid');
  });
});

describe('a tenant', () => {
  const patch = (body: Json) => sendJson(`${app.url}/v1/tenant`, 'PATCH', app.native(), body);

  it('says in its own words what it wants said, and takes them back', async () => {
    const sms = 'Hej! {amount} till {supplier}: {link}';
    await setUp({ messageTexts: { sv: { invitation: { sms } } } });
    const told = await sendJson(`${app.url}/v1/tenant`, 'GET', app.native());
    assert.deepEqual(told.body.messageTexts, { sv: { invitation: { sms } } });
    const own = await ping.createLink({ language: 'SE', supplier: { name: '{link}' } });
    await distribute(own, ['sms', 'email']);
    const [first, second] = (await messagesOf(own)).toSorted((a, b) => (a.channel < b.channel ? 1 : -1));
    assert.equal(first.text, `Hej! 140,00 kr till {link}: ${own.checkoutUrl}`);
    assert.equal(first.segments, 1);
    assert.match(second.text, /^Hej,\n\n\{link\} ber dig betala 140,00 kr\.\n\nBetala här:\nhttp/);
    await setUp({ messageTexts: { sv: null } });
    const ours = await ping.createLink({ language: 'SE' });
    await distribute(ours);
    assert.match((await messagesOf(ours))[0].text, /: betala 140,00 kr här: http/);
  });

  const refused: readonly (readonly [body: Json, property: string])[] = [
    [{ messageTexts: { sv: { invitation: { sms: 'Betala {amount}' } } } }, 'messageTexts.sv.invitation.sms'],
    [{ messageTexts: { fi: { reminder: { email: '{link} {nimi}' } } } }, 'messageTexts.fi.reminder.email'],
    [{ messageTexts: { de: { overdue: { subject: 'a\nb' } } } }, 'messageTexts.de.overdue.subject'],
    [{ messageTexts: { xx: {} } }, 'messageTexts.xx'],
    [{ messageTexts: { sv: { farewell: {} } } }, 'messageTexts.sv.farewell'],
    [{ reminders: { daysBefore: [91], daysAfter: [] } }, 'reminders.daysBefore.0'],
    [{ reminders: { daysBefore: [1, 1], daysAfter: [] } }, 'reminders.daysBefore'],
    [{ reminders: { daysBefore: [], daysAfter: [0] } }, 'reminders.daysAfter.0'],
    [{ reminders: { daysBefore: [] } }, 'reminders.daysAfter'],
  ];
  for (const [body, property] of refused)
    it(`is told what is wrong with ${property} and changes nothing`, async () => {
      const before = await sendJson(`${app.url}/v1/tenant`, 'GET', app.native());
      const answer = await patch(body);
      assert.equal(answer.status, 422, answer.text);
      assert.ok(
        answer.body.errors.some((one: Json) => one.property === property),
        answer.text,
      );
      assert.deepEqual((await sendJson(`${app.url}/v1/tenant`, 'GET', app.native())).body, before.body);
    });
});
