/** Every status of orders, links, payments and refunds with every action on it: allowed or refused, as one table. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type Bank, openBank } from '#test/support/bank.ts';
import type { Answer, Json } from '#test/support/ping-client.ts';
import { type Orders, pingOrders } from '#test/support/ping-orders.ts';

let app: TestApp;
let orders: Orders;
let bank: Bank;
let isProcessorSilent = false;
before(async () => {
  app = await startTestApp({
    fetch: (url, init) => (isProcessorSilent ? Promise.reject(new Error('silent')) : fetch(url, init)),
  });
  orders = pingOrders(app);
  bank = openBank(app);
});
after(() => app.stop());

/** `PUT …` answers 204, what makes or reads something 200, and what is against a rule 403. */
type Expected = Readonly<Record<string, readonly (200 | 204 | 403)[]>>;

const amount = 14_000;
const item = () => ({ amount, merchant_id: orders.mine() });
const fastForward = { fast_forward: true };

async function orderIn(status: string): Promise<string> {
  const orderId = await orders.open();
  await orders.pay(orderId, [item()]);
  const action = { CLOSED: 'close', SPLIT: 'split', SETTLED: 'settle' }[status];
  if (action !== undefined) assert.equal((await orders.put(orderId, action, fastForward)).status, 204);
  return orderId;
}

const orderStatuses = ['OPEN', 'CLOSED', 'SPLIT', 'SETTLED'] as const;

const orderActions: Readonly<Record<string, (id: string) => Promise<Answer>>> = {
  change: (id) => orders.ping.call('PUT', `/payment_orders/${id}`, { split_tree_id: 'tree' }),
  close: (id) => orders.put(id, 'close'),
  split: (id) => orders.put(id, 'split'),
  'split, fast': (id) => orders.put(id, 'split', fastForward),
  settle: (id) => orders.put(id, 'settle'),
  'settle, fast': (id) => orders.put(id, 'settle', fastForward),
  allocations: (id) => orders.allocations(id),
  pay: (id) => initiate(id, { provider: 'dummy', method: 'dummy' }),
  'make a link': (id) =>
    orders.ping.call('POST', '/payment_links', { ...linkOf(id), merchant_id: orders.mine() }),
};

const onOrders: Expected = {
  change: [204, 204, 403, 403],
  close: [204, 204, 204, 204],
  split: [403, 204, 403, 403],
  'split, fast': [204, 204, 403, 403],
  settle: [403, 403, 204, 204],
  'settle, fast': [204, 204, 204, 204],
  allocations: [403, 403, 200, 200],
  pay: [200, 403, 403, 403],
  'make a link': [200, 403, 403, 403],
};

const paymentStatuses = [
  'INITIATED',
  'PENDING',
  'COMPLETED',
  'DECLINED',
  'ABORTED',
  'EXPIRED',
  'CRASHED',
  'STOPPED',
  'REFUNDED',
  'SPLIT',
  'UNDERFUNDED',
  'OVERFUNDED',
  'FUNDED',
] as const;

interface Place {
  readonly orderId: string;
  readonly paymentId: string;
}

/** What has come of a payment by deposit in each of its statuses. */
const received: Readonly<Record<string, number>> = {
  UNDERFUNDED: amount - 1,
  OVERFUNDED: amount + 1,
  FUNDED: amount,
};

const initiate = (orderId: string, method: Json) =>
  orders.ping.call('POST', `/payment_orders/${orderId}/payments`, {
    currency: 'SEK',
    total_amount: amount,
    order_items: [{ ...item(), name: 'Visit', vat_rate: 25 }],
    ...method,
  });

async function fundedBy(orderId: string, money: number): Promise<Place> {
  const terms = { reference_type: 'OCR', complete_when_funded: false };
  const deposit = { provider: 'ping', method: 'deposit', provider_method_parameters: terms };
  const { body } = await initiate(orderId, deposit);
  await bank.deposit(body.provider_method_response.reference, money);
  return { orderId, paymentId: body.id };
}

/** A payment by card of which the processor has said nothing yet. */
async function unanswered(orderId: string): Promise<Place> {
  isProcessorSilent = true;
  const { body } = await initiate(orderId, { provider: 'verifone', method: 'card' });
  isProcessorSilent = false;
  return { orderId, paymentId: body.id };
}

/** A payment in a status; besides, one that is refunded, and one whose order is split. */
async function paymentIn(status: string): Promise<Place> {
  const orderId = await orders.open();
  if (status === 'INITIATED') return unanswered(orderId);
  const money = received[status];
  if (money !== undefined) return fundedBy(orderId, money);
  const wish = { STOPPED: 'PENDING', REFUNDED: 'COMPLETED', SPLIT: 'COMPLETED' }[status] ?? status;
  const place = { orderId, paymentId: await orders.pay(orderId, [item()], wish) };
  const done = {
    STOPPED: () => act(place, 'stop'),
    REFUNDED: () => act(place, 'refund'),
    SPLIT: () => orders.put(orderId, 'split', fastForward),
  }[status];
  if (done !== undefined) assert.ok((await done()).status < 300);
  return place;
}

function act({ orderId, paymentId }: Place, action: string): Promise<Answer> {
  const path = `/payment_orders/${orderId}/payments/${paymentId}`;
  const items = { order_items: [{ ...item(), name: 'Other', vat_rate: 0 }] };
  const whole = { amount, currency: 'SEK', reason: 'requested_by_customer' };
  const calls: Readonly<Record<string, () => Promise<Answer>>> = {
    read: () => orders.ping.call('GET', path),
    change: () => orders.ping.call('PUT', path, items),
    stop: () => orders.ping.call('PUT', `${path}/stop`),
    refund: () => orders.ping.call('POST', `${path}/refund`, whole),
    'refund a part': () => orders.ping.call('POST', `${path}/refund`, { ...whole, amount: 1 }),
    reconcile: () => orders.ping.call('PUT', `${path}/funding/reconcile`, { order_items: null }),
    'split its order': () => orders.put(orderId, 'split', fastForward),
  };
  return (calls[action] ?? assert.fail(action))();
}

const onPayments: Expected = {
  // In the order of the statuses above.
  read: [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
  change: [204, 204, 204, 403, 403, 403, 403, 403, 204, 403, 403, 403, 403],
  // The one that is initiated is with a processor that lets nobody stop a payment.
  stop: [403, 204, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403],
  refund: [403, 403, 200, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403],
  'refund a part': [403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403],
  reconcile: [403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 204],
  'split its order': [403, 403, 204, 204, 204, 204, 204, 204, 204, 403, 403, 403, 403],
};

const linkStatuses = ['CREATED', 'PENDING', 'COMPLETED', 'CANCELLED', 'EXPIRED'] as const;

function linkOf(orderId: string, wish = 'COMPLETED'): Json {
  return {
    customer: { first_name: 'Bertil', last_name: 'Jönsson', phone: '0700000000' },
    items: [{ description: 'Visit', price: amount, quantity: 1, vat: 25 }],
    language: 'SE',
    payment_order_id: orderId,
    payment_provider_methods: [
      { provider: 'dummy', method: 'dummy', parameters: { desired_payment_status: wish } },
    ],
    supplier: {},
    invoice_address: { city: 'Örebro', street_address: 'Nygatan 15', zip: '702 10' },
    due_date: '2022-03-25',
    total_amount: amount,
  };
}

/** A link in a status, or with a payment of it under way. */
async function linkIn(status: string): Promise<string> {
  const body = linkOf(await orders.open(), status === 'PENDING' ? 'PENDING' : 'COMPLETED');
  const { body: made } = await orders.ping.call('POST', '/payment_links', body);
  if (status === 'EXPIRED') await bank.native('POST', '/test-clock/advance', { by: 'P31D' });
  const action = { PENDING: 'pay', COMPLETED: 'pay', CANCELLED: 'cancel' }[status];
  if (action !== undefined) assert.ok((await actOnLink(made.id, action)).status < 300);
  return made.id;
}

function actOnLink(id: string, action: string): Promise<Answer> {
  const path = `/payment_links/${id}`;
  const calls: Readonly<Record<string, () => Promise<Answer>>> = {
    read: () => orders.ping.call('GET', path),
    cancel: () => orders.ping.call('PUT', `${path}/cancel`),
    distribute: () => orders.ping.call('PUT', `${path}/distribute`, { methods: ['sms'] }),
    pay: () => orders.ping.call('POST', `${path}/payments`, { provider: 'dummy', method: 'dummy' }),
    receipt: () => orders.ping.call('GET', `${path}/receipt`),
    'make an invoice': () => orders.ping.call('PUT', `${path}/invoice`, { reference_type: 'OCR' }),
    'read invoice': () => orders.ping.call('GET', `${path}/invoice`),
  };
  return (calls[action] ?? assert.fail(action))();
}

const onLinks: Expected = {
  read: [200, 200, 200, 200, 200],
  cancel: [204, 403, 403, 403, 403],
  distribute: [204, 204, 403, 403, 403],
  pay: [200, 200, 403, 403, 403],
  receipt: [403, 403, 200, 403, 403],
  'make an invoice': [204, 204, 403, 403, 403],
  'read invoice': [403, 403, 403, 403, 403],
};

const tables: readonly {
  noun: string;
  statuses: readonly string[];
  expected: Expected;
  ask(status: string, action: string): Promise<Answer>;
}[] = [
  {
    noun: 'an order',
    statuses: orderStatuses,
    expected: onOrders,
    ask: async (status, action) => {
      const orderId = await orderIn(status);
      return (orderActions[action] ?? assert.fail(action))(orderId);
    },
  },
  {
    noun: 'a payment',
    statuses: paymentStatuses,
    expected: onPayments,
    ask: async (status, action) => act(await paymentIn(status), action),
  },
  {
    noun: 'a link',
    statuses: linkStatuses,
    expected: onLinks,
    ask: async (status, action) => actOnLink(await linkIn(status), action),
  },
];

for (const { noun, statuses, expected, ask } of tables)
  describe(`${noun} in every status`, () => {
    for (const [action, answers] of Object.entries(expected))
      for (const [index, status] of statuses.entries())
        it(`${status}: ${action} is ${answers[index]}`, async () => {
          const answer = await ask(status, action);
          assert.equal(answer.status, answers[index], answer.text);
        });
  });
