import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type CallbackReceiver, startCallbackReceiver } from '#test/support/callback-receiver.ts';
import { type Json, sendJson } from '#test/support/ping-client.ts';
import { openPractice, type Practice } from '#test/support/provet-cloud.ts';
import { openShop, type Shop } from '#test/support/shop.ts';

let app: TestApp;
let practice: Practice;
let shop: Shop;
let receiver: CallbackReceiver;
before(async () => {
  [app, receiver] = await Promise.all([startTestApp(), startCallbackReceiver()]);
  practice = openPractice(app);
  shop = openShop({ url: () => app.url, pingHeaders: {}, nativeHeaders: app.native(), merchantId: '' });
});
beforeEach(() => receiver.answer(200));
after(async () => {
  await app.stop();
  await receiver.close();
});

async function hook(path: string, trigger: number, more: object = {}): Promise<Json> {
  const body = { target_url: `${receiver.url}${path}`, trigger, ...more };
  const { status, body: made, text } = await practice.call('POST', '/hook/', body);
  assert.equal(status, 201, text);
  return made;
}

async function make(body: Json): Promise<Json> {
  const { status, body: made, text } = await practice.call('POST', '/postransaction/', body);
  assert.equal(status, 200, text);
  return made;
}

async function pay(made: Json): Promise<void> {
  await shop.visit(await shop.enterCard(await shop.pressPay(made.payment_link.url, 'card')));
}

const bodies = async (path: string, count = 1) =>
  (await receiver.waitFor(path, count)).map(({ body }) => body);
const numberOf = (address: string) => /(\d+)\/$/.exec(address)?.[1];

async function openInvoice(number: string, status = 3): Promise<string> {
  const invoice = { externalId: number, number, status, client: 'bertil', department: 'surgery' };
  const answer = await practice.importPractice({
    invoices: [{ ...invoice, currency: 'SEK', total: 10_000, due: 10_000 }],
  });
  assert.equal(answer.status, 200, answer.text);
  const { body } = await practice.call('GET', `/invoice/?invoice_number__is=${number}`);
  return body.results[0].url;
}

describe('a hook', () => {
  it('is told which invoice and which payment of it changed, as a form or as JSON', async () => {
    await hook('/invoice', 9);
    await hook('/payment', 11, { content_type: 2, department: practice.entry.department });
    await hook('/elsewhere', 11, { department: practice.entry.departmentWithoutProvetPay });
    const invoice = await openInvoice('3001');
    const made = await make(practice.forInvoice({ invoice, amount: 100 }));
    await pay(made);
    const form = `invoice_id=${numberOf(invoice)}`;
    assert.deepEqual(await bodies('/invoice', 2), [form, form]);
    assert.deepEqual(await bodies('/payment'), [JSON.stringify({ invoicepayment_id: made.id })]);
    const [told] = receiver.received.filter(({ path }) => path === '/invoice');
    assert.equal(told?.headers['content-type'], 'application/x-www-form-urlencoded');
    assert.ok(!receiver.received.some(({ path }) => path === '/elsewhere'));
  });

  it('is told of a prepayment when its link is made, paid, given back, aborted, and over', async () => {
    await hook('/prepayment', 12);
    const made = await make(practice.prepayment({ amount: '77.70' }));
    await pay(made);
    const { data } = (await shop.native('/payments?limit=200')).body;
    const { id } = data.find((one: Json) => one.amount === 7_770);
    assert.equal((await shop.refund(id, 7_770, 'kindness')).status, 201);
    const { body: given } = await practice.call('GET', made.unallocated_payment);
    assert.deepEqual([given.status, given.amount_left], ['Fully used', 0]);
    const aborted = await make(practice.prepayment());
    assert.equal((await practice.call('DELETE', `/postransaction/${aborted.id}/`)).status, 204);
    const over = await make(practice.prepayment({}, { duration: 1 }));
    await sendJson(`${app.url}/v1/test-clock/advance`, 'POST', app.native(), { by: 'PT2M' });
    const told = await bodies('/prepayment', 7);
    const times = (one: Json) => told.filter((body) => body === `unallocatedpayment_id=${one.id}`).length;
    assert.deepEqual([times(made), times(aborted), times(over), told.length], [3, 2, 2, 7]);
  });

  it('is told of clients, numbers and invoices that an import changed, and of no others', async () => {
    await hook('/client', 1);
    await hook('/department-client', 1, { department: practice.entry.department });
    await hook('/phone', 65);
    await hook('/draft', 10);
    const clients = [{ externalId: 'told', firstName: 'Told' }];
    const phoneNumbers = [{ externalId: 'told-phone', client: 'told', number: '0701234567' }];
    for (let times = 0; times < 2; times += 1) await practice.importPractice({ clients, phoneNumbers });
    const draft = await openInvoice('3002', 0);
    assert.deepEqual(await bodies('/draft'), [`invoice_id=${numberOf(draft)}`]);
    assert.match((await bodies('/client')).join(), /^client_id=\d+$/);
    assert.match((await bodies('/phone')).join(), /^phonenumber_id=\d+$/);
    assert.ok(!receiver.received.some(({ path }) => path === '/department-client'));
  });

  it('is told ten times more where 200 is not what it answers, and then no more', async () => {
    const other = openPractice(app, 1);
    receiver.answer(204);
    const target = `${receiver.url}/deaf`;
    const made = await other.call('POST', '/hook/', { target_url: target, trigger: 12 });
    assert.equal(made.status, 201, made.text);
    await other.call('POST', '/postransaction/', other.prepayment({}, { duration: 50_000 }));
    await receiver.waitFor('/deaf');
    const advance = (by: string) =>
      sendJson(`${app.url}/v1/test-clock/advance`, 'POST', app.native(1), { by });
    for (let day = 0; day < 12; day += 1) await advance('P1D');
    assert.equal((await receiver.waitFor('/deaf')).length, 11);
    const { body } = await sendJson(`${app.url}/v1/callbacks?limit=10`, 'GET', app.native(1));
    const { status, attempts } = body.data.find((one: Json) => one.url === target);
    assert.deepEqual([status, attempts], ['dead', 11]);
  });

  it('can be changed, switched off, listed and taken away', async () => {
    const made = await hook('/changed', 12, { name: 'ours' });
    const { status, body: off } = await practice.call('PATCH', made.url, { active: false });
    assert.equal(status, 200);
    assert.deepEqual([off.name, off.trigger, off.active], ['ours', 12, false]);
    await make(practice.prepayment());
    const { body: put } = await practice.call('PUT', made.url, { target_url: made.target_url, trigger: 9 });
    assert.deepEqual([put.name, put.trigger, put.active], ['', 9, true]);
    const { body: listed } = await practice.call('GET', `/hook/?id__is=${made.id}`);
    assert.deepEqual(listed.results, [put]);
    assert.equal((await practice.call('DELETE', made.url)).status, 204);
    assert.equal((await practice.call('GET', made.url)).status, 404);
    assert.ok(!receiver.received.some(({ path }) => path === '/changed'));
  });

  it('goes to no address of ours, to no other practice’s department, and rings for nothing unknown', async () => {
    const wrong = async (body: Json) => (await practice.call('POST', '/hook/', body)).body;
    const target_url = 'http://169.254.169.254/latest';
    assert.ok(Array.isArray((await wrong({ target_url, trigger: 9 })).target_url));
    const fine = { target_url: `${receiver.url}/fine`, trigger: 9 };
    assert.deepEqual(await wrong({ ...fine, trigger: 39 }), { trigger: ['"39" is not a valid choice.'] });
    const nowhere = practice.entry.department.replace(/\d+\/$/, '999999/');
    assert.deepEqual(await wrong({ ...fine, department: nowhere }), {
      department: ['Invalid hyperlink - Object does not exist.'],
    });
    const { body } = await practice.call('GET', '/hook/?page_size=100');
    assert.ok(!body.results.some((one: Json) => one.target_url === fine.target_url));
  });
});
