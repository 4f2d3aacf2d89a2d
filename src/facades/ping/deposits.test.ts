/** Payments by deposit as a Ping client and the tenant's bank see them. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { passesLuhn } from '#kit/luhn.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type Bank, openBank } from '#test/support/bank.ts';
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
