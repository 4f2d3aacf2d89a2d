import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import type { Json } from '#test/support/ping-client.ts';
import { openPractice, type Practice } from '#test/support/provet-cloud.ts';

let app: TestApp;
let practice: Practice;
before(async () => {
  app = await startTestApp();
  practice = openPractice(app);
});
after(() => app.stop());

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}[+-]\d\d:\d\d$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The keys of the published sample, in its order. */
const keys =
  'id amount task_id created modified aborted cashier_desk invoice terminal_id department transaction_type payment_type ' +
  'payment_method payment unallocated_payment refunded_transaction creator payment_link';

async function make(body: Json): Promise<Json> {
  const { status, body: made, text } = await practice.call('POST', '/postransaction/', body);
  assert.equal(status, 200, text);
  return made;
}

describe('a post-transaction', () => {
  it('answers the published sample of a prepayment key by key', async () => {
    const data = {
      description: 'Prepayment for clinic X',
      return_url: 'https://your-custom-successful-redirect-payment.url',
      tokenize: 'ask',
      recurring_model: 'subscription',
    };
    const made = await make(practice.prepayment({}, data));
    const { entry } = practice;
    assert.equal(Object.keys(made).join(' '), keys);
    const { id, created, modified, payment_method: method, unallocated_payment: prepayment, ...rest } = made;
    const { external_id: externalId, url, expiration_time: expiry, ...standing } = rest.payment_link;
    assert.ok(Number.isInteger(id));
    assert.match(created, instant);
    assert.match(modified, instant);
    assert.match(method, new RegExp(`^${entry.base}/paymentmethod/\\d+/$`));
    assert.equal(prepayment, `${entry.base}/unallocatedpayment/${id}/`);
    assert.match(externalId, uuid);
    assert.match(url, /^http:\/\/localhost:\d+\/pay\/[\w-]{32}$/);
    assert.match(expiry, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.equal(Date.parse(expiry), Math.ceil((Date.parse(created) + 2880 * 60_000) / 1_000) * 1_000);
    assert.deepEqual(
      { ...rest, payment_link: standing },
      {
        amount: 120.5,
        task_id: '',
        aborted: null,
        cashier_desk: null,
        invoice: null,
        terminal_id: 0,
        department: entry.department,
        transaction_type: 4,
        payment_type: 5003,
        payment: null,
        refunded_transaction: null,
        creator: entry.user,
        payment_link: { payment_status: 1, delivery_status: 1 },
      },
    );
    assert.deepEqual((await practice.call('GET', `/postransaction/${id}/`)).body, made);
    const { body } = await practice.call('GET', prepayment);
    assert.deepEqual([body.status, body.amount, body.amount_left], ['Pending', 120.5, 0]);
  });

  it('answers the published sample of an invoice, which then leads to it', async () => {
    const data = { phone: '+35812345567', description: 'Payment for invoice #12345 - Your Clinic' };
    const made = await make(practice.forInvoice({}, data));
    const { entry } = practice;
    assert.equal(Object.keys(made).join(' '), keys);
    assert.equal(made.amount, 30.05);
    assert.equal(made.invoice, entry.invoice);
    assert.equal(made.unallocated_payment, null);
    assert.equal(made.payment, null);
    const { body: invoice } = await practice.call('GET', entry.invoice);
    assert.ok(invoice.postransactions.includes(`${entry.base}/postransaction/${made.id}/`));
    const byId = practice.forInvoice(
      { invoice: undefined },
      { invoice_id: Number(/(\d+)\/$/.exec(entry.invoice)?.[1]) },
    );
    assert.equal((await make(byId)).invoice, entry.invoice);
  });

  it('is refused in the words of the framework, field by field, and stored nowhere', async () => {
    const { entry } = practice;
    const { body: before } = await practice.call('GET', '/postransaction/');
    const nowhere = entry.department.replace(/\d+\/$/, '999999/');
    const wrong: readonly (readonly [Json, Json])[] = [
      [practice.prepayment({ payment_type: 9 }), { payment_type: ['"9" is not a valid choice.'] }],
      [practice.prepayment({ transaction_type: 1 }), { transaction_type: ['"1" is not a valid choice.'] }],
      [practice.prepayment({ terminal_id: 7 }), { terminal_id: ['"7" is not a valid choice.'] }],
      [practice.prepayment({ department: undefined }), { department: ['This field is required.'] }],
      [
        practice.prepayment({ department: nowhere }),
        { department: ['Invalid hyperlink - Object does not exist.'] },
      ],
      [
        practice.prepayment({ department: entry.user }),
        { department: ['Invalid hyperlink - No URL match.'] },
      ],
      [
        practice.prepayment({ department: entry.departmentWithoutProvetPay }),
        { prepayment_data: { department_id: ['This is not the department.'] } },
      ],
      [
        practice.forInvoice({ department: entry.departmentWithoutProvetPay }),
        { department: ['The department does not allow Provet Pay processing.'] },
      ],
      [practice.prepayment({ amount: '0' }), { amount: ['Ensure this value is greater than 0.'] }],
      [
        practice.prepayment({ amount: 1.005 }),
        { amount: ['Ensure that there are no more than 2 decimal places.'] },
      ],
      [practice.prepayment({ amount: '1e3' }), { amount: ['A valid number is required.'] }],
      [
        practice.forInvoice({ amount: '500000.01' }),
        { amount: ['The amount is more than what is due of the invoice.'] },
      ],
      [
        practice.prepayment({ invoice: entry.invoice }),
        { non_field_errors: ['Give either an invoice or prepayment_data.'] },
      ],
      [
        practice.prepayment({}, { delivery_method: 4 }),
        { payment_link_data: { delivery_method: ['"4" is not a valid choice.'] } },
      ],
      [
        practice.prepayment({}, { tokenize: 'maybe' }),
        { payment_link_data: { tokenize: ['"maybe" is not a valid choice.'] } },
      ],
      [
        practice.prepayment({}, { delivery_method: -1 }),
        { payment_link_data: { delivery_method: ['"-1" is not a valid choice.'] } },
      ],
      [
        practice.prepayment({}, { recurring_model: 'always' }),
        { payment_link_data: { recurring_model: ['"always" is not a valid choice.'] } },
      ],
      [
        practice.prepayment({}, { phone: '12' }),
        { payment_link_data: { phone: ['The phone number entered is not valid.'] } },
      ],
      [
        practice.forInvoice({}, { invoice_id: 999_999 }),
        { payment_link_data: { invoice_id: ['Invalid hyperlink - Object does not exist.'] } },
      ],
      [
        practice.prepayment({}, { duration: 0 }),
        { payment_link_data: { duration: ['Ensure this value is greater than or equal to 1.'] } },
      ],
      [
        practice.prepayment({}, { email: 'nobody' }),
        { payment_link_data: { email: ['Enter a valid email address.'] } },
      ],
    ];
    for (const [body, answer] of wrong) {
      const { status, body: said } = await practice.call('POST', '/postransaction/', body);
      assert.equal(status, 400, JSON.stringify(said));
      assert.deepEqual(said, answer);
    }
    assert.equal((await practice.call('GET', '/postransaction/')).body.count, before.count);
  });

  it('is made once under one key, and the key is good for no other body', async () => {
    const key = { 'idempotency-key': 'till-4-1017' };
    const body = practice.prepayment();
    const first = await practice.call('POST', '/postransaction/', body, key);
    const second = await practice.call('POST', '/postransaction/', body, key);
    assert.deepEqual(second.body, first.body);
    assert.equal(second.headers.get('idempotent-replayed'), 'true');
    const other = await practice.call('POST', '/postransaction/', practice.prepayment({ amount: 1 }), key);
    assert.equal(other.status, 422);
  });

  it('is aborted by DELETE, stays readable, and is aborted once', async () => {
    const { id, unallocated_payment: prepayment, payment_link: link } = await make(practice.prepayment());
    assert.equal((await practice.call('DELETE', `/postransaction/${id}/`)).status, 204);
    const { body } = await practice.call('GET', `/postransaction/${id}/`);
    assert.equal(body.payment_link.payment_status, 4);
    assert.match(body.aborted, instant);
    assert.equal((await practice.call('GET', prepayment)).body.status, 'Aborted');
    assert.equal((await practice.call('DELETE', `/postransaction/${id}/`)).status, 400);
    const page = await (await fetch(link.url)).text();
    assert.match(page, /withdrawn|återkallats|återkallad/i);
  });

  it('is sent as asked: by SMS unless said otherwise, to the client or to whom it is told', async () => {
    const sent = async (data: object) => {
      await make(practice.prepayment({}, { email: undefined, ...data }));
      await app.app.core.work.drain(app.tenants[0]?.tenant.id ?? ('' as never));
      const { body } = await practice.call('GET', `${app.url}/v1/messages?limit=2`, undefined, app.native());
      return body.data as Json[];
    };
    const [sms] = await sent({ delivery_method: undefined });
    assert.deepEqual([sms.channel, sms.to], ['sms', '+46700000000']);
    const [email] = await sent({ delivery_method: 2 });
    assert.deepEqual([email.channel, email.to], ['email', 'bertil@example.com']);
    const both = await sent({ delivery_method: 1, email: 'other@example.com', phone: '0701234567' });
    assert.deepEqual(both.map(({ channel, to }) => `${channel} ${to}`).toSorted(), [
      'email other@example.com',
      'sms +46701234567',
    ]);
    const { body: list } = await practice.call('GET', '/postransaction/?ordering=-id&page_size=1');
    assert.equal(list.results[0].payment_link.delivery_status, 2);
  });

  it('is made all the same where there is nowhere to send it, and says that it was not sent', async () => {
    await practice.importPractice({ clients: [{ externalId: 'unreachable', firstName: 'Una' }] });
    const { body: found } = await practice.call('GET', '/client/?external_id__is=unreachable');
    const statusBy = async (delivery_method?: number) => {
      const body = practice.prepayment({}, { email: undefined, delivery_method });
      body.prepayment_data.client_id = found.results[0].id;
      return (await make(body)).payment_link.delivery_status;
    };
    assert.deepEqual(
      [await statusBy(), await statusBy(1), await statusBy(2), await statusBy(0)],
      [3, 3, 3, 1],
    );
  });

  it('belongs to one practice: to another tenant, or another practice id, it is not found', async () => {
    const { id } = await make(practice.prepayment());
    const other = openPractice(app, 1);
    for (const path of [`/postransaction/${id}/`, '/invoice/1/', '/postransaction/999999999/']) {
      const answer = await other.call(
        'GET',
        path.replace('/invoice/1/', practice.entry.invoice.replace(practice.entry.base, '')),
      );
      assert.equal(answer.status, 404);
      assert.deepEqual(answer.body, { detail: 'Not found.' });
    }
    assert.equal((await other.call('DELETE', `/postransaction/${id}/`)).status, 404);
    const elsewhere = await practice.call('GET', `${other.entry.base}/postransaction/`);
    assert.deepEqual([elsewhere.status, elsewhere.body], [404, { detail: 'Not found.' }]);
    const nobody = await practice.call('GET', '/postransaction/', undefined, { authorization: 'Bearer x' });
    assert.equal(nobody.status, 401);
  });

  it('tells the time with the offset of its practice’s zone, which is +00:00 and never Z in UTC', async () => {
    const other = openPractice(app, 1);
    const changed = await other.call('PATCH', `${app.url}/v1/tenant`, { zone: 'UTC' }, app.native(1));
    assert.equal(changed.status, 200, changed.text);
    const { body } = await other.call('POST', '/postransaction/', other.prepayment());
    assert.match(body.created, /\.\d{6}\+00:00$/);
    assert.match(body.payment_link.expiration_time, /:\d\dZ$/);
  });

  it('is found with a slash at the end of the path, and told so without', async () => {
    const { entry } = practice;
    const answer = await fetch(`${entry.base}/postransaction?page=1`, {
      headers: entry.headers,
      redirect: 'manual',
    });
    assert.equal(answer.status, 301);
    assert.equal(answer.headers.get('location'), `${new URL(entry.base).pathname}/postransaction/?page=1`);
  });

  it('is reached by a token that a client gets for its id and secret', async () => {
    const { entry } = practice;
    const response = await fetch(entry.tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: entry.clientId,
        client_secret: entry.clientSecret,
      }),
    });
    const { access_token: token, token_type: type } = (await response.json()) as Json;
    assert.equal(type, 'Bearer');
    const answer = await practice.call('GET', '/department/', undefined, {
      authorization: `Bearer ${token}`,
    });
    assert.equal(answer.status, 200);
  });
});
