/** Invoices and deposits as a Ping client and the tenant's bank see them. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { passesLuhn } from '#kit/luhn.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type Bank, createInvoicedLink, openBank } from '#test/support/bank.ts';
import { type Json, type PingClient, pingClient } from '#test/support/ping-client.ts';

let app: TestApp;
let ping: PingClient;
let bank: Bank;
before(async () => {
  app = await startTestApp();
  ping = pingClient(app);
  bank = openBank(app);
});
after(() => app.stop());

const amount = 14_000;

function depositBody(parameters: Json = {}, replaced: Json = {}): Json {
  return {
    currency: 'SEK',
    total_amount: amount,
    order_items: [{ amount, name: 'Visit', vat_rate: 25, merchant_id: app.tenants[0]?.merchantId }],
    provider: 'ping',
    method: 'deposit',
    provider_method_parameters: { reference_type: 'OCR', ...parameters },
    ...replaced,
  };
}

interface Initiated {
  readonly path: string;
  readonly id: string;
  readonly reference: string;
}

async function initiate(parameters: Json = {}): Promise<Initiated> {
  const orderId = await ping.createOrder();
  const answer = await ping.call('POST', `/payment_orders/${orderId}/payments`, depositBody(parameters));
  assert.equal(answer.status, 200, answer.text);
  const { id, provider_method_response: response } = answer.body;
  return { path: `/payment_orders/${orderId}/payments/${id}`, id, reference: response.reference };
}

const read = async (path: string): Promise<Json> => (await ping.call('GET', path)).body;
const statusOf = async ({ path }: Initiated): Promise<string> => (await read(path)).status;
const reconcile = ({ path }: Initiated, sum?: number) =>
  ping.call('PUT', `${path}/funding/reconcile`, {
    order_items:
      sum === undefined ? null : depositBody({}).order_items.map((one: Json) => ({ ...one, amount: sum })),
  });

describe('an invoice of a link', () => {
  it('is made once, gives the link an OCR number, and is found by its address', async () => {
    const link = await ping.createLink();
    const path = `/payment_links/${link.id}/invoice`;
    assert.equal((await ping.call('GET', path)).status, 403, 'before it is made');
    assert.equal((await ping.call('PUT', path, null)).status, 422, 'without a body');
    assert.equal((await ping.call('PUT', path, { reference_type: 'PDF' })).status, 422);
    assert.equal((await ping.call('PUT', path, { reference_type: 'OCR' })).status, 204);
    assert.equal((await ping.call('PUT', path, { reference_type: 'OCR' })).status, 403, 'a second time');
    const { body } = await ping.call('GET', path);
    assert.ok(passesLuhn(body.reference) && body.reference.length === 12, body.reference);
    assert.deepEqual(body, {
      url: `${link.checkoutUrl}/invoice.pdf`,
      reference_type: 'OCR',
      reference: body.reference,
    });
    const told = await read(`/payment_links/${link.id}`);
    assert.deepEqual([told.invoice_created, told.ocr, told.status], [true, body.reference, 'CREATED']);
  });

  it('is not made of a link that is over, or that is nobody’s', async () => {
    const link = await ping.createLink();
    await ping.call('PUT', `/payment_links/${link.id}/cancel`);
    const of = (id: string) => ping.call('PUT', `/payment_links/${id}/invoice`, { reference_type: 'KID' });
    assert.equal((await of(link.id)).status, 403);
    assert.equal((await of(crypto.randomUUID())).status, 404);
  });

  it('completes its link when its amount comes: receipt, payment and books say so', async () => {
    const link = await createInvoicedLink(ping);
    const receiptsBefore = await bank.balance('receipts');
    const { status, body } = await bank.deposit(`${link.ocr.slice(0, 4)} ${link.ocr.slice(4)}`, amount);
    assert.equal(status, 201);
    assert.deepEqual([body.matched, body.surplus, body.unallocated, body.linkId], [amount, 0, 0, link.id]);
    const told = await read(`/payment_links/${link.id}`);
    assert.deepEqual([told.status, told.payment_id], ['COMPLETED', body.paymentId]);
    assert.equal((await ping.call('GET', `/payment_links/${link.id}/receipt`)).status, 200);
    const payment = await read(`/payment_orders/${link.orderId}/payments/${body.paymentId}`);
    assert.deepEqual([payment.status, payment.provider, payment.method], ['COMPLETED', 'ping', 'deposit']);
    assert.equal(await bank.balance('receipts'), receiptsBefore - amount);
    assert.deepEqual(await bank.breaches(), []);
  });

  it('that is paid short by one öre stays open, and is completed by that öre', async () => {
    const link = await createInvoicedLink(ping);
    const { body: first } = await bank.deposit(link.ocr, amount - 1);
    const path = `/payment_orders/${link.orderId}/payments/${first.paymentId}`;
    assert.equal((await read(path)).status, 'UNDERFUNDED');
    assert.equal((await read(`/payment_links/${link.id}`)).status, 'CREATED');
    await bank.deposit(link.ocr, 1);
    const payment = await read(path);
    assert.deepEqual(
      payment.status_history.map(({ status, funds }: Json) => [
        status,
        funds?.received,
        funds?.received_total,
      ]),
      [
        ['INITIATED', undefined, undefined],
        ['UNDERFUNDED', amount - 1, amount - 1],
        ['COMPLETED', 1, amount],
      ],
    );
    assert.equal((await read(`/payment_links/${link.id}`)).status, 'COMPLETED');
    assert.deepEqual(await bank.breaches(), []);
  });

  it('that is paid over by one öre waits for the tenant, who gives the öre back', async () => {
    const link = await createInvoicedLink(ping);
    const { body: deposit } = await bank.deposit(link.ocr, amount + 1);
    assert.deepEqual([deposit.matched, deposit.surplus], [amount, 1]);
    const path = `/payment_orders/${link.orderId}/payments/${deposit.paymentId}`;
    assert.equal((await read(path)).status, 'OVERFUNDED');
    assert.equal((await read(`/payment_links/${link.id}`)).status, 'CREATED');
    const giveBack = (body: Json) => bank.native('POST', `/deposits/${deposit.id}/returns`, body);
    assert.equal(
      (await giveBack({ bankReference: 'back-1', amount: 2 })).status,
      422,
      'more than is surplus',
    );
    const { status, body } = await giveBack({ bankReference: 'back-1' });
    assert.equal(status, 201);
    assert.deepEqual([body.matched, body.surplus, body.returned], [amount, 0, 1]);
    assert.equal((await read(path)).status, 'COMPLETED');
    assert.equal((await read(`/payment_links/${link.id}`)).status, 'COMPLETED');
    assert.equal(
      (await giveBack({ bankReference: 'back-1' })).status,
      201,
      'told again it is the same return',
    );
    assert.equal((await giveBack({ bankReference: 'back-1', amount: 2 })).status, 409);
    assert.deepEqual(await bank.breaches(), []);
  });

  it('takes no card while a part of it has come, and cannot be withdrawn', async () => {
    const link = await createInvoicedLink(ping);
    await bank.deposit(link.ocr, 1_000);
    const pay = { provider: 'dummy', method: 'dummy' };
    assert.equal((await ping.call('POST', `/payment_links/${link.id}/payments`, pay)).status, 403);
    assert.equal((await ping.call('PUT', `/payment_links/${link.id}/cancel`)).status, 403);
  });

  it('whose link was paid by card keeps what comes late as surplus, and nothing is lost', async () => {
    const link = await createInvoicedLink(ping);
    const pay = { provider: 'dummy', method: 'dummy' };
    const paid = await ping.call('POST', `/payment_links/${link.id}/payments`, pay);
    assert.equal(paid.status, 200);
    const surplusBefore = await bank.balance('deposits:surplus');
    const { body } = await bank.deposit(link.ocr, amount);
    assert.deepEqual([body.surplus, body.linkId, body.paymentId], [amount, link.id, paid.body.id]);
    assert.equal(await bank.balance('deposits:surplus'), surplusBefore - amount);
    assert.equal((await read(`/payment_links/${link.id}`)).payment_id, paid.body.id);
    const { data } = (await bank.native('GET', '/deposits?holding=surplus')).body;
    assert.ok(data.some(({ id }: Json) => id === body.id));
    assert.deepEqual(await bank.breaches(), []);
  });

  it('of an expired link completes it all the same when its money comes', async () => {
    const link = await createInvoicedLink(ping, { due_date: '2020-01-01' });
    assert.equal((await bank.native('POST', '/test-clock/advance', { by: 'P31D' })).status, 200);
    assert.equal((await read(`/payment_links/${link.id}`)).status, 'EXPIRED');
    await bank.deposit(link.ocr, amount);
    assert.equal((await read(`/payment_links/${link.id}`)).status, 'COMPLETED');
    assert.deepEqual(await bank.breaches(), []);
  });
});

describe('a payment by deposit', () => {
  it('is answered with the account and a number to pay under, and waits', async () => {
    const orderId = await ping.createOrder();
    const { status, body } = await ping.call(
      'POST',
      `/payment_orders/${orderId}/payments`,
      depositBody({ reference: null, complete_when_funded: null, desired_date_of_payment: '2031-01-31' }),
    );
    assert.equal(status, 200);
    const { reference, ...response } = body.provider_method_response;
    assert.ok(passesLuhn(reference));
    assert.deepEqual(response, {
      bank_account: {
        iban: 'SE3550000000054910000003',
        bban: '54910000003',
        bic: 'ESSESESS',
        bankgiro_number: '5050-1055',
        currency: 'SEK',
        clearing_number: '5491',
        account_number: '0000003',
      },
      invoice: null,
    });
    assert.equal((await read(`/payment_orders/${orderId}/payments/${body.id}`)).status, 'PENDING');
  });

  it('takes the tenant’s own number where its check digit is right, once', async () => {
    const { reference } = await initiate({ reference: '12345674' });
    assert.equal(reference, '12345674');
    const orderId = await ping.createOrder();
    const ask = (parameters: Json) =>
      ping.call('POST', `/payment_orders/${orderId}/payments`, depositBody(parameters));
    assert.equal((await ask({ reference: '12345674' })).status, 403, 'taken');
    for (const [name, value] of [
      ['reference', '12345675'],
      ['reference', 12345674],
      ['reference', '4'],
      ['reference_type', 'IBAN'],
      ['reference_type', null],
      ['complete_when_funded', 'yes'],
      ['desired_date_of_payment', '2031-02-30'],
    ] as const) {
      const answer = await ask({ [name]: value });
      assert.equal(answer.status, 422, `${name} ${value}: ${answer.text}`);
      assert.equal(answer.body.errors[0].property, `provider_method_parameters.${name}`);
    }
    assert.deepEqual((await read(`/payment_orders/${orderId}`)).payments, [], 'nothing was stored');
  });

  it('is refunded like any other once it is completed, out of the bank account', async () => {
    const payment = await initiate();
    await bank.deposit(payment.reference, amount);
    const before = await bank.balance('bank');
    const refund = await bank.native('POST', `/payments/${payment.id}/refunds`, { amount: 4_000 });
    assert.deepEqual([refund.status, refund.body.status], [201, 'approved']);
    assert.equal(await bank.balance('bank'), before - 4_000);
    assert.deepEqual(await bank.breaches(), []);
  });

  it('keeps what comes after it is completed as surplus', async () => {
    const payment = await initiate();
    await bank.deposit(payment.reference, amount);
    const { body } = await bank.deposit(payment.reference, amount);
    assert.deepEqual([body.surplus, body.paymentId], [amount, payment.id]);
    assert.equal(await statusOf(payment), 'COMPLETED');
    assert.deepEqual(await bank.breaches(), []);
  });

  it('that waits for the tenant is funded, and completed when the tenant says so', async () => {
    const payment = await initiate({ complete_when_funded: false });
    await bank.deposit(payment.reference, amount);
    assert.equal(await statusOf(payment), 'FUNDED');
    assert.equal((await reconcile(payment)).status, 204);
    assert.equal(await statusOf(payment), 'COMPLETED');
    assert.deepEqual(await bank.breaches(), []);
  });
});

describe('reconciling', () => {
  const sums = { under: amount - 100, exact: amount, over: amount + 100 };

  for (const [name, sum] of [
    ['underfunded', sums.under],
    ['overfunded', sums.over],
  ] as const) {
    it(`completes an ${name} payment with items that come to what was received, and with nothing else`, async () => {
      const payment = await initiate();
      await bank.deposit(payment.reference, sum);
      assert.equal(await statusOf(payment), name.toUpperCase());
      assert.equal((await reconcile(payment)).status, 403, 'without items');
      assert.equal((await reconcile(payment, amount)).status, 403, 'with other items');
      assert.equal((await reconcile(payment, sum)).status, 204);
      const told = await read(payment.path);
      assert.deepEqual([told.status, told.total_amount, told.order_items[0].amount], ['COMPLETED', sum, sum]);
      assert.equal((await reconcile(payment, sum)).status, 403, 'a second time');
      const { data } = (await bank.native('GET', `/deposits?paymentId=${payment.id}`)).body;
      assert.deepEqual(
        data.map(({ matched, surplus }: Json) => [matched, surplus]),
        [[sum, 0]],
      );
      assert.deepEqual(await bank.breaches(), []);
    });
  }

  it('is refused while nothing has come, of a payment by other means, and of another order’s', async () => {
    const payment = await initiate();
    assert.equal((await reconcile(payment)).status, 403);
    const { orderId } = await ping.createLink();
    const dummy = { provider: 'dummy', method: 'dummy', provider_method_parameters: {} };
    const paid = await ping.call('POST', `/payment_orders/${orderId}/payments`, depositBody({}, dummy));
    const path = `/payment_orders/${orderId}/payments/${paid.body.id}`;
    assert.equal((await reconcile({ path, id: paid.body.id, reference: '' })).status, 403);
    const foreign = `/payment_orders/${orderId}/payments/${payment.id}`;
    assert.equal((await reconcile({ path: foreign, id: payment.id, reference: '' })).status, 404);
  });

  it('completes the link whose invoice was paid short', async () => {
    const link = await createInvoicedLink(ping);
    const { body } = await bank.deposit(link.ocr, 100);
    const path = `/payment_orders/${link.orderId}/payments/${body.paymentId}`;
    assert.equal((await reconcile({ path, id: body.paymentId, reference: '' }, 100)).status, 204);
    assert.equal((await read(`/payment_links/${link.id}`)).status, 'COMPLETED');
    assert.deepEqual(await bank.breaches(), []);
  });
});

describe('Ping’s Mimic', () => {
  it('has a deposit come in for a test tenant', async () => {
    const payment = await initiate();
    const body = {
      amount,
      currency: 'SEK',
      reference: payment.reference,
      reference_type: 'OCR',
      type: 'instant',
    };
    assert.equal((await ping.call('POST', '/mimic/api/deposit_payment', body)).status, 204);
    assert.equal(await statusOf(payment), 'COMPLETED');
  });
});
