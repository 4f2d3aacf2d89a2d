import assert from 'node:assert/strict';
import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type Json, sendJson } from '#test/support/ping-client.ts';
import { openPractice, type Practice } from '#test/support/provet-cloud.ts';
import { assertAuditGreen } from '#test/support/reconcile.ts';
import { declinedCard, openShop, type Shop } from '#test/support/shop.ts';
import { routes } from './routes.ts';

let app: TestApp;
let practice: Practice;
let shop: Shop;
before(async () => {
  app = await startTestApp();
  practice = openPractice(app);
  shop = openShop({ url: () => app.url, pingHeaders: {}, nativeHeaders: app.native(), merchantId: '' });
});
after(() => app.stop());

async function make(body: Json): Promise<Json> {
  const { status, body: made, text } = await practice.call('POST', '/postransaction/', body);
  assert.equal(status, 200, text);
  return made;
}

const read = async (address: string): Promise<Json> => (await practice.call('GET', address)).body;
const reread = (made: Json) => read(`/postransaction/${made.id}/`);

/** Enters a card on the processor's page, and answers where the browser ends up. */
async function pay(made: Json, card?: string): Promise<string> {
  const back = await shop.enterCard(await shop.pressPay(made.payment_link.url, 'card'), card);
  const response = await fetch(back, { redirect: 'manual' });
  return response.headers.get('location') ?? '';
}

/** An invoice of its own, and its address. */
async function openInvoice(number: string, due: number, status = 3): Promise<string> {
  const invoice = { externalId: number, number, status, client: 'bertil', department: 'surgery' };
  const answer = await practice.importPractice({
    invoices: [{ ...invoice, currency: 'SEK', total: due, due }],
  });
  assert.equal(answer.status, 200, answer.text);
  const { results } = await read(`/invoice/?invoice_number__is=${number}`);
  return results[0].url;
}

// First, while the other practice has asked for nothing yet.
describe('a route of the table', () => {
  async function setRate(routeRateFactor: number): Promise<void> {
    const answer = await sendJson(`${app.url}/v1/tenant`, 'PATCH', app.native(1), { routeRateFactor });
    assert.deepEqual([answer.status, answer.body.routeRateFactor], [200, routeRateFactor]);
  }

  it('may be asked for as often as documented, and then after the seconds it is told', async (context) => {
    const other = openPractice(app, 1);
    context.after(() => setRate(1_000));
    await setRate(0.05);
    assert.equal((await other.call('GET', '/invoice/?page_size=100')).status, 200);
    assert.equal((await other.call('GET', '/invoice/')).status, 200);
    const { status, body, headers } = await other.call('GET', '/invoice/');
    assert.equal(status, 429);
    const wait = Number(headers.get('retry-after'));
    assert.ok(wait >= 1 && wait <= 61, `${wait}`);
    assert.deepEqual(body, { detail: `Request was throttled. Expected available in ${wait} seconds.` });
    assert.equal((await other.call('GET', '/client/')).status, 200, 'another route');
    assert.equal((await practice.call('GET', '/invoice/')).status, 200, 'another tenant');
  });
});

describe('a payment link of a practice system', () => {
  it('pays its invoice: due falls to nothing, and the payment is found', async () => {
    const invoice = await openInvoice('2001', 12_050);
    const made = await make(practice.forInvoice({ invoice, amount: '120.50' }));
    assert.match(await pay(made), /\/pay\//);
    const paid = await reread(made);
    assert.equal(paid.payment_link.payment_status, 5);
    assert.ok(Date.parse(paid.modified) >= Date.parse(paid.created));
    const { due_sum: due, invoice_payed: isPaid } = await read(invoice);
    assert.deepEqual([due, isPaid], [0, true]);
    const payment = await read(paid.payment);
    assert.deepEqual([payment.amount, payment.invoice, payment.payment_type], [120.5, invoice, 0]);
    const { results } = await read(`/invoicepayment/?invoice__is=${encodeURIComponent(invoice)}`);
    assert.deepEqual(results, [payment]);
    const more = await practice.call('POST', '/postransaction/', practice.forInvoice({ invoice, amount: 1 }));
    assert.deepEqual(more.body, { amount: ['The amount is more than what is due of the invoice.'] });
    assert.equal((await practice.call('DELETE', `/postransaction/${made.id}/`)).status, 400);
  });

  it('stays payable after two declined cards, and goes to return_url unchanged once paid', async () => {
    const returnUrl = 'https://clinic.example/thanks?order=7&x=%20';
    const made = await make(practice.prepayment({}, { return_url: returnUrl }));
    for (let tried = 0; tried < 2; tried += 1) {
      assert.match(await pay(made, declinedCard), /\/pay\//);
      assert.equal((await reread(made)).payment_link.payment_status, 1);
    }
    assert.equal(await pay(made), returnUrl);
    const { unallocated_payment: address, payment } = await reread(made);
    assert.equal(payment, null);
    const prepayment = await read(address);
    assert.deepEqual([prepayment.status, prepayment.amount_left], ['Ready', 120.5]);
  });

  it('charges one invoice once, though two links are out for it', async () => {
    const invoice = await openInvoice('2002', 10_000);
    const body = practice.forInvoice({ invoice, amount: 100 });
    const [first, second] = [await make(body), await make(body)];
    const page = await shop.pressPay(first.payment_link.url, 'card');
    assert.match(page, /\/pxmi3\//);
    assert.doesNotMatch(await shop.pressPay(second.payment_link.url, 'card'), /\/pxmi3\//);
    await shop.visit(await shop.enterCard(page));
    assert.doesNotMatch(await shop.pressPay(second.payment_link.url, 'card'), /\/pxmi3\//);
    assert.equal((await read(invoice)).due_sum, 0);
    assert.equal((await reread(second)).payment_link.payment_status, 1);
  });

  it('is found again by its refund, a second post-transaction, and owes what was given back', async () => {
    const invoice = await openInvoice('2003', 20_000);
    const made = await make(practice.forInvoice({ invoice, amount: 200 }));
    await pay(made);
    const { data } = (await shop.native('/payments?limit=200')).body;
    const { id } = data.find((one: Json) => one.amount === 20_000);
    assert.equal((await shop.refund(id, 5_000, 'kindness')).status, 201);
    const of = `/postransaction/?refunded_transaction__is=${made.id}`;
    const [refund, ...more] = (await read(of)).results;
    assert.equal(more.length, 0);
    assert.equal(refund.amount, 50);
    assert.equal(refund.payment_link, null);
    assert.equal(refund.refunded_transaction, `${practice.entry.base}/postransaction/${made.id}/`);
    assert.equal((await read(invoice)).due_sum, 50);
    assert.equal((await read(invoice)).postransactions.length, 2);
    await assertAuditGreen(app.app.core.database);
  });

  it('ends with its time, by the tenant’s clock, and its prepayment fails', async () => {
    const other = openPractice(app, 1);
    const { body: made } = await other.call(
      'POST',
      '/postransaction/',
      other.prepayment({}, { duration: 60 }),
    );
    await sendJson(`${app.url}/v1/test-clock/advance`, 'POST', app.native(1), { by: 'PT61M' });
    const { body } = await other.call('GET', `/postransaction/${made.id}/`);
    assert.equal(body.payment_link.payment_status, 3);
    assert.equal((await other.call('GET', made.unallocated_payment)).body.status, 'Failed');
  });

  it('is made for finalised invoices only', async () => {
    const invoice = await openInvoice('2004', 1_000, 2);
    const { body } = await practice.call(
      'POST',
      '/postransaction/',
      practice.forInvoice({ invoice, amount: 1 }),
    );
    assert.deepEqual(body, { invoice: ['Payments can be made for finalized invoices only.'] });
  });

  it('and all that it points at is not found by another practice, on every route', async () => {
    const other = openPractice(app, 1);
    const hook = { target_url: 'https://clinic.example/hook', trigger: 12 };
    const bodies: Json = {
      'POST /postransaction/': practice.prepayment(),
      'POST /hook/': hook,
      'PUT /hook/:id/': hook,
      'PATCH /hook/:id/': hook,
    };
    const hooked = await practice.call('POST', '/hook/', hook);
    assert.equal(hooked.status, 201, hooked.text);
    for (const { method, path } of routes) {
      const name = `${method} ${path}`;
      const id = path.includes(':id') ? (await read(path.replace(':id/', ''))).results[0]?.id : undefined;
      const own = path.replace(':id', id);
      if (method === 'GET') assert.equal((await practice.call(method, own)).status, 200, name);
      const addresses = [`${practice.entry.base}${own}`, ...(id === undefined ? [] : [own])];
      for (const address of addresses) {
        const { status, body } = await other.call(method, address, bodies[name]);
        assert.deepEqual([status, body], [404, { detail: 'Not found.' }], `${name} ${address}`);
      }
    }
  });

  it('is listed by pages and filters', async () => {
    const { count, num_pages: pages, next, previous, results } = await read('/postransaction/?page_size=2');
    assert.equal(pages, Math.ceil(count / 2));
    assert.equal(results.length, 2);
    assert.equal(previous, null);
    const second = await read(next);
    assert.ok(second.results[0].id > results[1].id);
    assert.ok(second.previous.endsWith('page_size=2&page=1'));
    const accepted = await read('/postransaction/?payment_link.payment_status__is=5');
    const neither = await read('/postransaction/?payment_link.payment_status__not_in=5,1&id__gt=0');
    assert.equal(accepted.count, 5);
    assert.equal(neither.count, 0);
    const ids = results.map(({ id }: Json) => id);
    const either = `/postransaction/?id__is=${ids[0]}&id__eq=${ids[0]}&id__in=${ids[1]}&filter_type=or&ordering=-id`;
    assert.deepEqual(
      (await read(either)).results.map(({ id }: Json) => id),
      ids.toReversed(),
    );
    for (const wrong of [
      'nonsense__is=1',
      'id__like=1',
      'id__is=x',
      'created__gt=soon',
      'ordering=secret',
      'page=0',
    ])
      assert.ok([400, 404].includes((await practice.call('GET', `/postransaction/?${wrong}`)).status), wrong);
    assert.equal((await practice.call('GET', '/postransaction/?page=999')).status, 404);
  });
});

describe('an object of a practice', () => {
  const keys = {
    department: 'id url name allow_nhp_processing currency',
    client: 'id url firstname lastname email home_department phone_numbers payment_client created modified',
    phonenumber: 'id url client phone_number description preferred_reminders created modified',
    user: 'id url username first_name last_name',
    paymentmethod: 'id url name',
    invoice:
      'id url invoice_number status client department total_with_vat due_sum client_due_sum invoice_payed postransactions created modified',
    invoicepayment:
      'id url invoice amount refunded payment_type payment_method postransaction created modified',
    unallocatedpayment:
      'id url client department amount amount_left status payment_type description created modified postransaction',
  };

  it('is listed, and read by the address it is listed under, with its documented keys', async () => {
    await make(practice.prepayment());
    for (const [resource, known] of Object.entries(keys)) {
      const { results } = await read(`/${resource}/?page_size=1`);
      assert.equal(Object.keys(results[0]).join(' '), known, resource);
      assert.deepEqual(await read(results[0].url), results[0]);
    }
  });

  it('is shown whole in the place of its address where that is asked for, in lists and alone', async () => {
    const made = await make(practice.forInvoice());
    const asked = 'expose_invoice&expose_creator=1&expose_payment_method&expose_payment';
    const shown = await read(`/postransaction/${made.id}/?${asked}`);
    const { invoice, creator, payment_method: method, ...others } = shown;
    assert.deepEqual(invoice, await read(made.invoice));
    assert.deepEqual(creator, await read(made.creator));
    assert.deepEqual(method, await read(made.payment_method));
    assert.deepEqual([others.payment, others.department], [null, made.department]);
    const list = await read(`/postransaction/?ordering=-id&page_size=1&${asked}`);
    assert.deepEqual(list.results, [shown]);
    assert.match(list.next, /expose_invoice=/);
    assert.deepEqual((await read(`${made.invoice}?expose_client`)).client, await read(invoice.client));
    for (const wrong of ['expose_amount', 'expose_nonsense', 'expose_constructor', 'expose_']) {
      for (const path of ['/postransaction/', `/postransaction/${made.id}/`]) {
        const { status, body } = await practice.call('GET', `${path}?${wrong}`);
        const said = { [wrong]: ['A postransaction has no such field to expose.'] };
        assert.deepEqual([status, body], [400, said]);
      }
    }
  });

  it('is at an address on the host that was asked', async () => {
    const { pathname } = new URL(practice.entry.base);
    const { host, port } = new URL(app.url);
    const told = await new Promise<string>((resolve, reject) => {
      const headers = { ...practice.entry.headers, host: `clinic.example:${port}` };
      get({ host: 'localhost', port, path: `${pathname}/invoice/?page_size=1`, headers }, (response) =>
        text(response).then(resolve, reject),
      ).on('error', reject);
    });
    assert.ok(!told.includes(host));
    const [invoice] = JSON.parse(told).results;
    assert.ok(invoice.client.startsWith(`http://clinic.example:${port}${pathname}/client/`), invoice.client);
  });
});
