/** Every row that the vendor's own tests assert (facts A3 and A6, decision 14), one test each, by its name there. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type Answer, type Json, linkBody, type PingClient, pingClient } from '#test/support/ping-client.ts';
import { type Orders, pingOrders } from '#test/support/ping-orders.ts';

let app: TestApp;
let ping: PingClient;
let orders: Orders;

before(async () => {
  app = await startTestApp();
  ping = pingClient(app);
  orders = pingOrders(app);
});
after(() => app.stop());

/** A situation by the name the vendor's tests give it, the status they assert, and how it comes about. */
type Row = readonly [situation: string, status: number, ask: () => Promise<Answer>];

const nil = '00000000-0000-0000-0000-000000000000';

/** The SDK's shape with one property replaced, or left out where it is undefined. */
async function createLink(property: string, value?: unknown): Promise<Answer> {
  const { language: _, ...body } = linkBody(await ping.createOrder());
  const items = body.items.map((item) => ({ ...item, vat: 12, merchant_id: orders.mine() }));
  const whole = { ...body, locale: 'sv-SE', currency: 'SEK', supplier: { name: 'Pizzeria' }, items };
  return ping.call('POST', '/payment_links', { ...whole, [property]: value });
}

async function putLink(action: string, body?: Json, times = 1): Promise<Answer> {
  const { id } = await ping.createLink();
  const answers: Answer[] = [];
  for (let time = 0; time < times; time += 1)
    answers.push(await ping.call('PUT', `/payment_links/${id}/${action}`, body));
  return answers.at(-1) as Answer;
}

async function readOfLink(document: 'invoice' | 'receipt'): Promise<Answer> {
  const { id } = await ping.createLink();
  return ping.call('GET', `/payment_links/${id}/${document}`);
}

const unknownLink = (method: string, action: string, body?: Json) => () =>
  ping.call(method, `/payment_links/${randomUUID()}${action}`, body);

const lacking = (property: string): Row => [`create lacking ${property}`, 422, () => createLink(property)];

const linkRows: readonly Row[] = [
  ['unknown link id on get', 404, unknownLink('GET', '')],
  ['unknown link id on cancel', 404, unknownLink('PUT', '/cancel')],
  ['unknown link id on distribute', 404, unknownLink('PUT', '/distribute', { methods: ['email'] })],
  ['unknown link id on get invoice', 404, unknownLink('GET', '/invoice')],
  ['unknown link id on create invoice', 404, unknownLink('PUT', '/invoice', { reference_type: 'OCR' })],
  ['unknown link id on receipt', 404, unknownLink('GET', '/receipt')],
  ['the nil UUID as a link id', 404, () => ping.call('GET', `/payment_links/${nil}`)],
  ['cancel', 204, () => putLink('cancel')],
  ['cancel when already cancelled', 403, () => putLink('cancel', undefined, 2)],
  ['distribute with empty body', 422, () => putLink('distribute', {})],
  ['distribute by e-mail', 204, () => putLink('distribute', { methods: ['email'] })],
  ['create with all there is', 200, () => createLink('metadata', {})],
  lacking('customer'),
  lacking('items'),
  lacking('locale'),
  lacking('payment_order_id'),
  lacking('payment_provider_methods'),
  lacking('supplier'),
  lacking('currency'),
  ['create, payment_provider_methods: []', 403, () => createLink('payment_provider_methods', [])],
  ['create, total_amount other than the sum of price × quantity', 403, () => createLink('total_amount', 1)],
  ['create, total_amount: 0', 403, () => createLink('total_amount', 0)],
  ['create, unknown payment_order_id', 403, () => createLink('payment_order_id', randomUUID())],
  ['create, currency differs from the order’s', 422, () => createLink('currency', 'NOK')],
  ['get invoice before any was made', 403, () => readOfLink('invoice')],
  ['create invoice, though there is no address', 204, () => putLink('invoice', { reference_type: 'OCR' })],
  ['create invoice a second time', 403, () => putLink('invoice', { reference_type: 'KID' }, 2)],
  ['create invoice with null body', 422, () => putLink('invoice', null)],
  ['get receipt while unpaid', 403, () => readOfLink('receipt')],
];

const items = () => [{ amount: 14_000, merchant_id: orders.mine() }];

async function initiate(orderId: string, replaced: Json = {}): Promise<Answer> {
  return ping.call('POST', `/payment_orders/${orderId}/payments`, {
    currency: 'SEK',
    total_amount: 14_000,
    order_items: [{ ...items()[0], name: 'Visit', vat_rate: 25 }],
    provider: 'dummy',
    method: 'dummy',
    provider_method_parameters: { desired_payment_status: 'COMPLETED' },
    ...replaced,
  });
}

/** An order that went through these steps, each of which must be allowed but the last, whose answer it is. */
async function walk(...steps: readonly string[]): Promise<Answer> {
  const orderId = await orders.open();
  const paymentId = await orders.pay(orderId, items());
  const payment = `/payment_orders/${orderId}/payments/${paymentId}`;
  const refund = { amount: 14_000, currency: 'SEK', reason: 'other' };
  const take = (step: string) => {
    if (step === 'pay') return initiate(orderId);
    if (step === 'allocations') return orders.allocations(orderId);
    if (step === 'stop') return ping.call('PUT', `${payment}/stop`);
    if (step === 'refund') return ping.call('POST', `${payment}/refund`, refund);
    return orders.put(orderId, step, step.startsWith('settle') ? undefined : {});
  };
  const answers: Answer[] = [];
  for (const step of steps) answers.push(await take(step));
  for (const { status, text } of answers.slice(0, -1)) assert.ok(status < 300, text);
  return answers.at(-1) as Answer;
}

const unknownOrder =
  (method: string, action = '', body?: Json) =>
  () =>
    ping.call(method, `/payment_orders/${randomUUID()}${action}`, body);
const listed = (query: string) => () => ping.call('GET', `/payment_orders?${query}`);

const orderRows: readonly Row[] = [
  ['bad id format of an order', 422, () => ping.call('GET', '/payment_orders/mine')],
  ['bad id format of a merchant', 422, () => ping.call('GET', '/merchants/mine')],
  ['bad id format of a link', 422, () => ping.call('GET', '/payment_links/mine')],
  ['unknown order id on get', 404, unknownOrder('GET')],
  ['unknown order id on update', 404, unknownOrder('PUT', '', { split_tree_id: 'tree' })],
  ['unknown order id on close', 404, unknownOrder('PUT', '/close')],
  ['unknown order id on split', 404, unknownOrder('PUT', '/split')],
  ['unknown order id on settle', 404, unknownOrder('PUT', '/settle')],
  ['unknown order id on allocations', 404, unknownOrder('GET', '/allocations')],
  ['unknown merchant id', 404, () => ping.call('GET', `/merchants/${randomUUID()}`)],
  ['unknown disbursement id', 404, () => ping.call('GET', `/disbursements/${randomUUID()}`)],
  ['unknown payout id', 404, () => ping.call('GET', `/payouts/${randomUUID()}`)],
  ['bad currency', 422, () => ping.call('POST', '/payment_orders', { currency: 'XYZ' })],
  ['impossible date from', 422, listed('created_at_from=2031-02-30T00:00:00Z')],
  ['impossible date to', 422, listed('created_at_to=2031-13-01T00:00:00Z')],
  ['close', 204, () => walk('close')],
  ['close a second time', 204, () => walk('close', 'close')],
  ['split before close', 403, () => walk('split')],
  ['settle before close', 403, () => walk('settle')],
  ['settle before split', 403, () => walk('close', 'settle')],
  ['settle a second time', 204, () => walk('close', 'split', 'settle', 'settle')],
  ['allocations before the split', 403, () => walk('close', 'allocations')],
  ['allocations after the split', 200, () => walk('close', 'split', 'allocations')],
  ['new payment on closed order', 403, () => walk('close', 'pay')],
  ['stop a payment that is over', 403, () => walk('stop')],
  ['refund while the order is open', 200, () => walk('refund')],
  ['refund while the order is closed', 200, () => walk('close', 'refund')],
  ['refund after the split', 403, () => walk('close', 'split', 'refund')],
  [
    'sum of order_items other than total_amount',
    422,
    async () => initiate(await orders.open(), { total_amount: 1 }),
  ],
  ['unknown order on initiate', 404, () => initiate(randomUUID())],
];

for (const [what, rows] of [
  ['of links', linkRows],
  ['of orders and payments', orderRows],
] as const)
  describe(`the vendor’s tests ${what}`, () => {
    for (const [situation, status, ask] of rows)
      it(`${situation}: ${status}`, async () => {
        const answer = await ask();
        assert.equal(answer.status, status, answer.text);
        if (status < 400) return;
        const [error] = answer.body.errors;
        assert.deepEqual(Object.keys(error).toSorted(), ['description', 'error', 'property']);
        if (situation === 'new payment on closed order') assert.equal(error.error, 'payment_order_closed');
      });
  });
