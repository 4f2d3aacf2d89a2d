import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CreateLinkInput } from '#core/links/create-link.ts';
import { advanceOrder } from '#core/orders/advance-order.ts';
import { currency } from '#kit/currency.ts';
import type { OrderId } from '#kit/ids.ts';
import { money } from '#kit/money.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';

let app: TestApp;
before(async () => {
  app = await startTestApp();
});
after(() => app.stop());

const width = 8;
const sek = currency('SEK');

/** Calls made in the same turn of the event loop are written as one batch. */
async function refusals(ask: () => Promise<unknown>): Promise<string[]> {
  const results = await Promise.allSettled(Array.from({ length: width }, ask));
  return results.map((one) => (one.status === 'rejected' ? one.reason.code : 'accepted'));
}

test('equal requests that are written together and refused are refused every one', async () => {
  const tenant = app.tenants[0]?.tenant;
  assert.ok(tenant);
  const { core, batched } = app.app;
  const call = (key: string) => ({
    tenant,
    origin: 'ping',
    idempotency: { scope: 'POST /', key, hash: Buffer.alloc(32) },
  });
  const order = { currency: sek, splitParameters: {}, splitTreeId: null };
  const { result } = await batched.createOrder(call('order'), order);
  await advanceOrder(core, call('close'), { orderId: result.id, to: 'closed', fastForward: false });
  const link = toLink(result.id);
  const payment = {
    orderId: result.id,
    method: 'dummy',
    amount: money(100n, sek),
    parameters: {},
    particulars: { given: {}, description: '' },
    callbackUrl: null,
  };
  const allClosed = Array.from({ length: width }, () => 'payment_order_closed');
  assert.deepEqual(await refusals(() => batched.createLink(call('link'), link)), allClosed);
  assert.deepEqual(await refusals(() => batched.initiatePayment(call('payment'), payment)), allClosed);
});

function toLink(orderId: OrderId): CreateLinkInput {
  return {
    orderId,
    amount: 100n,
    items: [
      {
        description: 'Bandage',
        quantity: 1,
        unitMinor: 100,
        vatBasisPoints: 2_500,
        unit: 'st',
        merchantId: null,
        given: {},
      },
    ],
    methods: [{ method: 'dummy', parameters: {}, given: {} }],
    customer: { firstName: 'Bertil', lastName: null, email: null, phone: null, reference: null },
    particulars: { language: 'sv', supplier: { name: 'Djurkliniken' }, given: {}, paymentGiven: {} },
    dueDate: null,
    callbackUrl: null,
  };
}
