/** Wellness subscriptions, as a clinic's software and its clients see them, over months turned in a moment. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type Json, payOnPage, sendJson } from '#test/support/ping-client.ts';
import {
  declinedCard,
  laterDeclined,
  monthlyPlan,
  type ProvetClient,
  provetClient,
} from '#test/support/provet-client.ts';

let app: TestApp;
let provet: ProvetClient;
before(async () => {
  app = await startTestApp();
  provet = provetClient(app);
});
after(() => app.stop());

const paymentsOf = (subscription: Json): Promise<Json[]> =>
  Promise.all(subscription.Payments.map((id: string) => provet.ask('GET', `/payment/${id}`)));

describe('a subscription', () => {
  it('is new until its client has entered a card, and active from then on', async () => {
    const made = await provet.ask('POST', '/wellness/subscription/', {
      ...monthlyPlan,
      'Initial Payment': 50,
      Interval: 'month',
    });
    const before = await provet.subscription(made.SubscriptionId);
    assert.deepEqual(
      [before.Status, before.Interval, before.InitialPayment, before.PaymentMethodId, before.Payments],
      ['New', 'Monthly', 50, null, []],
    );
    await payOnPage(made.Url, '4111111111111111');
    const enrolled = await provet.subscription(made.SubscriptionId);
    assert.deepEqual([enrolled.Status, enrolled.RemainingPayments], ['Active', 11]);
    const [first] = await paymentsOf(enrolled);
    assert.deepEqual([first.Amount, first.Success, first.SubscriptionId], [50, true, enrolled.Id]);
    assert.equal(first.PaymentMethodId, enrolled.PaymentMethodId);
    assert.deepEqual(
      enrolled.History.map(({ Status }: Json) => Status),
      ['New', 'Active'],
    );
  });

  it('that takes nothing at first has the card checked, and charges from the second interval', async () => {
    const enrolled = await provet.enrol({ InitialPayment: 0, IntervalCount: 3 });
    assert.deepEqual([enrolled.Status, enrolled.RemainingPayments, enrolled.Payments], ['Active', 2, []]);
    await provet.advance({ by: 'P1M' });
    const later = await provet.subscription(enrolled.Id);
    assert.deepEqual([later.Status, later.RemainingPayments, later.Payments.length], ['Active', 1, 1]);
  });

  it('whose card is declined stays new, and its client may enrol by another page', async () => {
    const declined = await provet.enrol({}, { number: declinedCard });
    assert.equal(declined.Status, 'New');
    const { Url } = await provet.ask('GET', `/wellness/subscription/${declined.Id}/paymenturl`);
    const again = await provet.ask('GET', `/wellness/subscription/${declined.Id}/PaymentUrl/`);
    assert.equal(again.Url, Url);
    await payOnPage(Url, '4111111111111111');
    assert.equal((await provet.subscription(declined.Id)).Status, 'Active');
    assert.equal((await provet.call('GET', `/wellness/subscription/${declined.Id}/paymenturl`)).status, 409);
  });

  it('is made although the processor opens no page, and enrolled by the plan’s own page later', async () => {
    const fault = { kind: 'error-500', times: 2, connector: 'windcave', request: 'page' };
    await sendJson(`${app.simulatorUrl}/faults`, 'POST', {}, fault);
    const made = await provet.ask('POST', '/wellness/subscription/', monthlyPlan);
    assert.match(made.Url, /\/plan\//);
    const body = new URLSearchParams({ method: 'card' });
    const { headers } = await fetch(made.Url, { method: 'POST', body, redirect: 'manual' });
    const page = new URL(headers.get('location') ?? '', made.Url).href;
    assert.equal(await payOnPage(page, '4111111111111111'), made.Url);
    const enrolled = await provet.subscription(made.SubscriptionId);
    assert.deepEqual([enrolled.Status, enrolled.Payments.length], ['Active', 1]);
  });

  it('is charged once an interval until its term is over, and completed then', async () => {
    const enrolled = await provet.enrol({ IntervalCount: 3 });
    await provet.advance({ by: 'P4M' });
    const done = await provet.subscription(enrolled.Id);
    assert.deepEqual([done.Status, done.RemainingPayments, done.Payments.length], ['Completed', 0, 3]);
    const payments = await paymentsOf(done);
    assert.deepEqual(
      payments.map(({ Success, Amount }) => [Success, Amount]),
      [30, 30, 30].map((amount) => [true, amount]),
    );
  });

  it('that renews itself goes on for another term, until it is told not to', async () => {
    const enrolled = await provet.enrol({ IntervalCount: 2, AutoRenew: true, InitialPayment: 99 });
    await provet.advance({ by: 'P3M' });
    const renewed = await provet.subscription(enrolled.Id);
    assert.deepEqual([renewed.Status, renewed.RemainingPayments, renewed.Payments.length], ['Active', 2, 4]);
    const amounts = (await paymentsOf(renewed)).map(({ Amount }) => Amount);
    assert.deepEqual(amounts, [99, 30, 30, 30]);
    const ended = await provet.ask('PATCH', `/wellness/subscription/${enrolled.Id}/autorenew/False`);
    assert.deepEqual([ended.Status, ended.AutoRenew], ['Completed', false]);
    await provet.advance({ by: 'P2M' });
    assert.equal((await provet.subscription(enrolled.Id)).Payments.length, 4);
  });

  it('three failures in a row suspend, a day apart, and its client is told of each', async () => {
    const enrolled = await provet.enrol({}, laterDeclined);
    await provet.advance({ by: 'P1M' });
    const first = await provet.subscription(enrolled.Id);
    assert.deepEqual([first.Status, first.Payments.length], ['Active', 2]);
    await provet.advance({ by: 'P2DT1H' });
    const suspended = await provet.subscription(enrolled.Id);
    assert.deepEqual([suspended.Status, suspended.Payments.length], ['Suspended', 4]);
    await provet.advance({ by: 'P2M' });
    assert.equal((await provet.subscription(enrolled.Id)).Payments.length, 4);
    const { body } = await sendJson(`${app.url}/v1/messages`, 'GET', app.native());
    const told = body.data.filter((one: Json) => one.text.includes('Bronze Wellness Plan'));
    assert.deepEqual(
      told.map(({ channel, to }: Json) => [channel, to]),
      [1, 2, 3].map(() => ['sms', '+61400000000']),
    );
    assert.match(told[0].text, /No further attempt is made\. .*\/plan\//);
    assert.match(told[2].text, /The next attempt is on \d{4}-\d\d-\d\d\./);
  });

  it('that is reactivated pays all it owes, one charge a cycle, and goes on', async () => {
    const enrolled = await provet.enrol({}, laterDeclined);
    await provet.advance({ by: 'P3M' });
    const unpaid = await provet.ask('PATCH', `/wellness/reactivate/${enrolled.Id}`);
    assert.equal(unpaid.Status, 'Suspended');
    const { Url } = await provet.ask('PATCH', '/wellness/card/', {
      RedirectUrl: 'https://clinic.example/back',
      SubscriptionId: enrolled.Id,
    });
    await payOnPage(Url, '5431111111111111');
    const active = await provet.ask('PATCH', `/wellness/reactivate/${enrolled.Id}`);
    assert.equal(active.Status, 'Active');
    assert.notEqual(active.PaymentMethodId, enrolled.PaymentMethodId);
    const payments = await paymentsOf(active);
    assert.deepEqual(
      payments.map(({ Success }) => Success),
      [true, false, false, false, false, true, true, true],
    );
    assert.equal(active.RemainingPayments, 8);
    assert.equal((await provet.call('PATCH', `/wellness/reactivate/${enrolled.Id}`)).status, 409);
  });

  it('has a page by whose address its client enters a card, and later pays what is owed', async () => {
    const made = await provet.ask('POST', '/wellness/subscription/', monthlyPlan);
    const [{ token = '' } = {}] = await app.app.core.database.query<{ token: string }>(
      'select token from subscriptions where id = $1',
      [made.SubscriptionId],
    );
    const page = `${app.url}/plan/${token}`;
    const press = async (method: string): Promise<string> => {
      const body = new URLSearchParams({ method });
      const { headers } = await fetch(page, { method: 'POST', body, redirect: 'manual' });
      return new URL(headers.get('location') ?? '', page).href;
    };
    assert.match(await (await fetch(page)).text(), /Not started yet/);
    const back = await payOnPage(await press('card'), laterDeclined.number, 'pay', laterDeclined.holder);
    assert.equal(back, page);
    await provet.advance({ by: 'P1M' });
    assert.match(await (await fetch(page)).text(), /The last payment failed/);
    assert.equal(await press('kept-card'), page);
    const before = await provet.subscription(made.SubscriptionId);
    assert.deepEqual([before.Status, before.Payments.length], ['Active', 3]);
    await payOnPage(await press('card'), '5431111111111111');
    assert.equal(await press('kept-card'), page);
    const after = await provet.subscription(made.SubscriptionId);
    assert.deepEqual([after.Status, after.Payments.length, after.RemainingPayments], ['Active', 4, 10]);
    assert.match(await (await fetch(page)).text(), /Active/);
    assert.equal((await fetch(`${app.url}/plan/${'x'.repeat(32)}`)).status, 404);
  });

  it('that is cancelled is charged no more, and cancelling it again changes nothing', async () => {
    const enrolled = await provet.enrol();
    const cancelled = await provet.ask('DELETE', `/wellness/unsubscribe/${enrolled.Id}`);
    assert.deepEqual([cancelled.Status, cancelled.RemainingPayments], ['Cancelled', 0]);
    assert.deepEqual(await provet.ask('DELETE', `/wellness/unsubscribe/${enrolled.Id}`), cancelled);
    await provet.advance({ by: 'P2M' });
    assert.equal((await provet.subscription(enrolled.Id)).Payments.length, 1);
  });

  it('that was cancelled while its page was open gives back what is paid there', async () => {
    const made = await provet.ask('POST', '/wellness/subscription/', monthlyPlan);
    await provet.ask('DELETE', `/wellness/unsubscribe/${made.SubscriptionId}`);
    await payOnPage(made.Url, '4111111111111111');
    await app.app.core.work.drain(app.tenants[0]?.tenant.id as never);
    const cancelled = await provet.subscription(made.SubscriptionId);
    assert.deepEqual([cancelled.Status, cancelled.Payments.length], ['Cancelled', 1]);
    const { body } = await sendJson(`${app.url}/v1/payments/${cancelled.Payments[0]}`, 'GET', app.native());
    assert.deepEqual([body.superseded, body.refunded], [true, 3_000]);
  });

  it('keeps the card it is paid from', async () => {
    const enrolled = await provet.enrol();
    const path = `/paymentmethods/${enrolled.PaymentMethodId}`;
    assert.equal((await provet.call('DELETE', path)).status, 409);
    await provet.ask('DELETE', `/wellness/unsubscribe/${enrolled.Id}`);
    assert.ok((await provet.ask('DELETE', path)).DeletedOn);
  });

  it('shows its dates before it is made, and keeps to them', async () => {
    const plan = { ...monthlyPlan, Interval: 'Fortnightly', IntervalCount: 5, InitialPayment: 10 };
    const { Client: _client, ...wanted } = plan;
    const { Payments: planned } = await provet.ask('POST', '/wellness/subscription/preview', wanted);
    assert.deepEqual(
      planned.map(({ Amount }: Json) => Amount),
      [10, 30, 30, 30, 30],
    );
    const enrolled = await provet.enrol(plan);
    await provet.advance({ by: 'P3M' });
    const taken = await paymentsOf(await provet.subscription(enrolled.Id));
    assert.equal(taken.length, 5);
    for (const [index, { Date: at }] of taken.entries()) {
      const differenceMs = Date.parse(at) - Date.parse(planned[index].Date);
      assert.ok(differenceMs >= 0 && differenceMs < 60_000, `payment ${index}: ${differenceMs} ms`);
    }
  });

  it('of one client may be several, and one new card may serve them all', async () => {
    const first = await provet.enrol();
    const second = await provet.enrol({ Client: { Id: first.ClientId }, Interval: 'Weekly' });
    assert.equal(second.ClientId, first.ClientId);
    const list = await provet.ask('GET', `/wellness/subscription/clientId=${first.ClientId}`);
    assert.deepEqual(
      list.map(({ Id }: Json) => Id),
      [first.Id, second.Id],
    );
    const { Url } = await provet.ask('PATCH', `/client/${first.ClientId}/card`, {
      RedirectUrl: 'https://clinic.example/back',
    });
    await payOnPage(Url, '5431111111111111');
    const after = await provet.ask('GET', `/wellness/subscription/clientId=${first.ClientId}`);
    const cards = new Set(after.map(({ PaymentMethodId }: Json) => PaymentMethodId));
    assert.equal(cards.size, 1);
    assert.ok(!cards.has(first.PaymentMethodId) && !cards.has(second.PaymentMethodId));
  });

  it('is listed by the day it changed, and its payments by theirs', async () => {
    const enrolled = await provet.enrol();
    const { body } = await sendJson(`${app.url}/v1/test-clock`, 'GET', app.native());
    const zone = 'Europe/Stockholm';
    const today = new Date(body.now).toLocaleDateString('sv-SE', { timeZone: zone });
    const range = `startDate=${today}&endDate=${today}`;
    const statuses = await provet.ask('GET', `/wellness/subscription/status/${range}`);
    assert.ok(statuses.some((one: Json) => one.Id === enrolled.Id && one.Status === 'Active'));
    for (const path of [
      `/wellness/subscription/payments/${range}`,
      `/wellness/subscription/status/${range}&type=payments`,
    ]) {
      const payments = await provet.ask('GET', path);
      const mine = payments.find((one: Json) => one.SubscriptionId === enrolled.Id);
      assert.deepEqual(
        [mine.PaymentId, mine.Amount, mine.Currency, mine.Success, mine.Successs],
        [enrolled.Payments[0], 30, 'AUD', true, true],
      );
    }
    const none = await provet.ask(
      'GET',
      '/wellness/subscription/status/startDate=2001-01-01&endDate=2001-12-31',
    );
    assert.deepEqual(none, []);
  });

  it('of another merchant is not there, on any address', async () => {
    const { Id } = await provet.enrol();
    const other = provetClient(app, 1);
    const asks: [string, string, Json?][] = [
      ['GET', '/wellness/subscription/{id}'],
      ['GET', '/wellness/subscription/{id}/paymenturl'],
      ['DELETE', '/wellness/unsubscribe/{id}'],
      ['PATCH', '/wellness/reactivate/{id}'],
      ['PATCH', '/wellness/subscription/{id}/autorenew/true'],
      ['PATCH', '/wellness/card', { SubscriptionId: '{id}', RedirectUrl: 'https://clinic.example/' }],
      ['PATCH', '/wellness/card/subscriptionId={id}&redirectUrl=https%3A%2F%2Fclinic.example', null],
    ];
    for (const [method, path, body] of asks) {
      const ask = (id: string) =>
        other.call(method, path.replace('{id}', id), body && { ...body, SubscriptionId: id });
      const [foreign, unknown] = [await ask(Id), await ask(crypto.randomUUID())];
      assert.equal(unknown.status, 404, path);
      assert.deepEqual([foreign.status, foreign.text], [unknown.status, unknown.text]);
    }
  });

  it('leaves books that balance', async () => {
    const { body } = await sendJson(`${app.url}/v1/audit`, 'GET', app.native());
    assert.deepEqual(
      body.checks.filter(({ ok }: Json) => !ok),
      [],
    );
  });
});
