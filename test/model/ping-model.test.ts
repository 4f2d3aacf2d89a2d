/**
 * Arbitrary sequences of commands on orders, links, payments and refunds, by the front door, against the plain model of
 * `ping-model.ts`: what is answered, and what is read afterwards. Sent one at a time, and several at once: then there
 * must be an order of their steps in which the model answers the same. MODEL_RUNS sets how many sequences are tried.
 */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import fc from 'fast-check';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { openBank } from '#test/support/bank.ts';
import type { Answer, Json } from '#test/support/ping-client.ts';
import { type Orders, pingOrders } from '#test/support/ping-orders.ts';
import {
  type Aimed,
  type Command,
  type Model,
  newModel,
  type Step,
  stepsOf,
  type Told,
  type Wish,
} from './ping-model.ts';

let app: TestApp;
let orders: Orders;
before(async () => {
  app = await startTestApp();
  orders = pingOrders(app);
});
after(() => app.stop());

const runs = Number(process.env.MODEL_RUNS ?? 20);

const wish = fc.constantFrom<Wish>(
  'COMPLETED',
  'COMPLETED',
  'PENDING',
  'PENDING',
  'DECLINED',
  'ABORTED',
  'EXPIRED',
  'CRASHED',
);
const amount = fc.integer({ min: 1, max: 50_000 });
const start: fc.Arbitrary<Command> = fc.record({
  do: fc.constantFrom('make a link' as const, 'pay' as const),
  wish,
  amount,
});
const act: fc.Arbitrary<Command> = fc.record({
  do: fc.constantFrom(
    'pay a link' as const,
    'pay a link' as const,
    'cancel a link' as const,
    'stop' as const,
    'refund' as const,
  ),
  which: fc.nat({ max: 2 }),
});
const move: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    do: fc.constantFrom('close' as const, 'split' as const, 'settle' as const),
    fast: fc.boolean(),
  }),
  fc.record({ do: fc.constant('read the allocations' as const) }),
);

/** An order lives a while before it is moved on, else most commands would meet one that is closed. */
const life: fc.Arbitrary<Command[]> = fc
  .tuple(
    fc.array(fc.oneof({ weight: 2, arbitrary: start }, { weight: 4, arbitrary: act }), {
      minLength: 3,
      maxLength: 10,
      size: 'max',
    }),
    fc.array(
      fc.oneof(
        { weight: 3, arbitrary: move },
        { weight: 2, arbitrary: act },
        { weight: 1, arbitrary: start },
      ),
      {
        minLength: 3,
        maxLength: 9,
        size: 'max',
      },
    ),
  )
  .map((parts) => parts.flat());

/** Says which link or payment a command is about; undefined where there is none yet. */
function aim(given: Command, { links, payments }: Model): Aimed | undefined {
  if (!('which' in given)) return given;
  const all = given.do === 'pay a link' || given.do === 'cancel a link' ? links : payments;
  const id = all[given.which % all.length]?.id;
  return id === undefined ? undefined : { ...given, id };
}

function send(orderId: string, aimed: Aimed): Promise<Answer> {
  const { ping } = orders;
  const path = `/payment_orders/${orderId}`;
  const item = (price: number) => ({
    name: 'Visit',
    amount: price,
    vat_rate: 25,
    merchant_id: orders.mine(),
  });
  switch (aimed.do) {
    case 'make a link':
      return ping.call('POST', '/payment_links', linkOf(orderId, aimed));
    case 'pay':
      return ping.call('POST', `${path}/payments`, {
        currency: 'SEK',
        total_amount: aimed.amount,
        order_items: [item(aimed.amount)],
        ...dummy,
        provider_method_parameters: { desired_payment_status: aimed.wish },
      });
    case 'pay a link':
      return ping.call('POST', `/payment_links/${aimed.id}/payments`, dummy);
    case 'cancel a link':
      return ping.call('PUT', `/payment_links/${aimed.id}/cancel`);
    case 'stop':
      return ping.call('PUT', `${path}/payments/${aimed.id}/stop`);
    case 'refund':
      return refund(`${path}/payments/${aimed.id}`);
    case 'close':
    case 'split':
    case 'settle':
      return orders.put(orderId, aimed.do, { fast_forward: aimed.fast });
    case 'read the allocations':
      return orders.allocations(orderId);
  }
}

const dummy = { provider: 'dummy', method: 'dummy' };

function linkOf(orderId: string, { wish: desired, amount: price }: { wish: Wish; amount: number }): Json {
  return {
    customer: { first_name: 'Bertil', last_name: 'Jönsson' },
    items: [{ description: 'Visit', price, quantity: 1, vat: 25 }],
    language: 'SE',
    merchant_id: orders.mine(),
    payment_order_id: orderId,
    payment_provider_methods: [{ ...dummy, parameters: { desired_payment_status: desired } }],
    supplier: {},
    total_amount: price,
  };
}

async function refund(path: string): Promise<Answer> {
  const { body } = await orders.ping.call('GET', path);
  const whole = { amount: body.total_amount, currency: 'SEK', reason: 'requested_by_customer' };
  return orders.ping.call('POST', `${path}/refund`, whole);
}

function tell({ status, body }: Answer): Told {
  if (!Array.isArray(body)) return { status, id: body?.id };
  return { status, sum: body.reduce((sum: number, one: Json) => sum + one.amount, 0) };
}

interface Running {
  readonly steps: readonly Step[];
  readonly told: Told;
}

/** The models that some order of the steps leads to without contradicting what was told. */
function explore(model: Model, running: readonly Running[]): Model[] {
  if (running.every(({ steps }) => steps.length === 0)) return [model];
  return running.flatMap(({ steps: [step, ...rest], told }, index) => {
    if (step === undefined) return [];
    const next = structuredClone(model);
    if (!step(next, told)) return [];
    return explore(next, running.with(index, { steps: rest, told }));
  });
}

/** What is read of an order, in the model's words and in no order of its own. */
async function observe(orderId: string, { links }: Model): Promise<string> {
  const { body } = await orders.ping.call('GET', `/payment_orders/${orderId}`);
  const read = await Promise.all(links.map(({ id }) => orders.ping.call('GET', `/payment_links/${id}`)));
  return inWords({
    status: body.status,
    payments: body.payments.map(({ id, status, refunds }: Json) => [id, status, refunds.length]),
    links: read.map(({ body: link }) => [link.payment_link_id, link.status, link.payment_id]),
  });
}

const predict = ({ status, payments, links }: Model): string =>
  inWords({
    status,
    payments: payments.map((one) => [one.id, one.status, one.refund === 'done' ? 1 : 0]),
    links: links.map((one) => [one.id, one.status, one.paymentId ?? one.activeId]),
  });

function inWords({
  status,
  payments,
  links,
}: {
  status: string;
  payments: unknown[];
  links: unknown[];
}): string {
  const sorted = (rows: unknown[]) => rows.map((row) => JSON.stringify(row)).toSorted();
  return JSON.stringify({ status, payments: sorted(payments), links: sorted(links) });
}

async function follow(commands: readonly Command[], atOnce: number): Promise<void> {
  const orderId = await orders.open();
  let model = newModel();
  for (let index = 0; index < commands.length; index += atOnce) {
    const current = model;
    const aimed = commands.slice(index, index + atOnce).flatMap((one) => aim(one, current) ?? []);
    const answers = await Promise.all(aimed.map((one) => send(orderId, one)));
    const running = aimed.map((one, at) => ({ steps: stepsOf(one), told: tell(answers[at] as Answer) }));
    const possible = explore(model, running);
    const said = aimed.map(
      (one, at) => `${JSON.stringify(one)} → ${answers[at]?.status} ${answers[at]?.text}`,
    );
    const where = `${predict(model)}\n${said.join('\n')}`;
    const [first] = possible;
    assert.ok(first !== undefined, `the model answers otherwise\n${where}`);
    const seen = await observe(orderId, first);
    const found = possible.find((one) => predict(one) === seen);
    assert.ok(found !== undefined, `the model is elsewhere than ${seen}\n${where}`);
    model = found;
  }
}

const check = (atOnce: number) =>
  fc.assert(
    fc.asyncProperty(life, (commands) => follow(commands, atOnce)),
    { numRuns: runs, seed: 20_261_126, endOnFailure: true },
  );

it('whatever is done to an order one after the other is answered and kept as the documents say', async () => {
  await check(1);
  assert.deepEqual(await openBank(app).breaches(), []);
});

it('whatever is done to an order at once is answered and kept as if it had been done in some order', async () => {
  await check(3);
  assert.deepEqual(await openBank(app).breaches(), []);
});
