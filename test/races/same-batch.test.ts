import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { listEvents } from '#core/events/list-events.ts';
import type { CreateLinkInput } from '#core/links/create-link.ts';
import { readOperationsOf } from '#core/operations/read-operations.ts';
import { advanceOrder } from '#core/orders/advance-order.ts';
import { outcomeRecording, type Report } from '#core/payments/record-outcome.ts';
import { listPayoutAccounts } from '#core/payout-accounts/read-accounts.ts';
import type { PayoutOrder } from '#core/payouts/order.ts';
import type { NewPostransactionInput } from '#core/postransactions/prepare-postransaction.ts';
import { currency } from '#kit/currency.ts';
import type { OrderId, PaymentId } from '#kit/ids.ts';
import { money } from '#kit/money.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { checkOrder } from '#test/support/optum-client.ts';
import { openPractice } from '#test/support/provet-cloud.ts';
import { assertAuditGreen } from '#test/support/reconcile.ts';
import { openShop, type Shop } from '#test/support/shop.ts';

let app: TestApp;
let shop: Shop;
before(async () => {
  app = await startTestApp();
  shop = openShop({
    url: () => app.url,
    pingHeaders: app.ping(),
    nativeHeaders: app.native(),
    merchantId: app.tenants[0]?.merchantId ?? '',
  });
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

test('payouts that are written together are one for each reference, and what is refused holds up no other', async () => {
  const tenant = app.tenants[0]?.tenant;
  assert.ok(tenant);
  const { core, batched } = app.app;
  const [statement] = await listPayoutAccounts(core, tenant);
  assert.ok(statement);
  const order = checkOrder() as unknown as PayoutOrder;
  const ask = (key: string, amount: number, accountId = statement.account.id) =>
    batched.createPayout(
      { tenant, origin: 'optum', idempotency: { scope: 'POST /payments', key, hash: Buffer.alloc(32) } },
      { accountId, order: { ...order, amount } },
    );
  const twice = async (key: string, amount: number) => {
    const [one, again] = await Promise.all([ask(key, amount), ask(key, amount)]);
    assert.deepEqual([one.replayed, again.replayed], [false, true]);
    assert.deepEqual(again.result, one.result);
    return one.result;
  };
  const [first, same, ...refused] = await Promise.allSettled([
    twice('first', 100),
    twice('same', 100),
    ask('other', 200),
    ask('other', 200),
    ask('nowhere', 100, 'nowhere'),
  ]);
  assert.ok(first.status === 'fulfilled' && same.status === 'fulfilled');
  assert.deepEqual(same.value, { payoutId: first.value.payoutId, existed: true });
  assert.equal(first.value.existed, false);
  const codes = refused.map((one) => one.status === 'rejected' && one.reason.code);
  assert.deepEqual(codes, ['conflict', 'conflict', 'validation_failed']);
  assert.equal((await ask('same', 100)).replayed, true);
  await assert.rejects(ask('other', 200), { code: 'conflict' });
});

test('links of two practices that are written together ring each its own hooks', async () => {
  const { batched, core } = app.app;
  const practices = await Promise.all([0, 1].map(openBook));
  await Promise.all(practices.map(({ addHook }) => addHook()));
  const made = await Promise.all(
    practices.map(({ tenant, input }) =>
      batched.createPostransaction({ tenant, origin: 'provet-cloud' }, input),
    ),
  );
  for (const [index, { tenant }] of practices.entries()) {
    const rung = (await listEvents(core, tenant, { limit: 1_000 })).filter(
      ({ type }) => type === 'hook.rung',
    );
    assert.deepEqual(
      rung.map(({ data }) => data.objectId),
      [made[index]?.result.id],
    );
  }
});

/** A practice's book, with a hook for its prepayments and one of them. */
async function openBook(index: number) {
  const { tenant } = app.tenants[index] ?? {};
  assert.ok(tenant);
  const { entry, call } = openPractice(app, index);
  const { findObject } = app.app.batched.practice;
  const department = await findObject(
    tenant,
    'department',
    BigInt(/(\d+)\/$/.exec(entry.department)?.[1] ?? 0),
  );
  const client = await findObject(tenant, 'client', BigInt(entry.practiceClientId));
  assert.ok(department && client);
  const input: NewPostransactionInput = {
    amount: 100n,
    department,
    creatorId: null,
    purpose: { kind: 'prepayment', description: 'Prepayment for surgery.' },
    client,
    durationMinutes: 60,
    description: 'Surgery',
    language: 'sv',
    returnUrl: null,
    media: [],
    email: null,
    phone: null,
  };
  const addHook = async () => {
    const { status, text } = await call('POST', '/hook/', {
      target_url: `http://localhost:9/practice-${index}`,
      trigger: 12,
    });
    assert.equal(status, 201, text);
  };
  return { tenant, input, addHook };
}

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

/** A payer at the processor's page: the link, the attempt to pay it, and what the processor could say of it. */
async function openAttempt(amount: number) {
  const { body: order } = await shop.createOrder();
  const { body: link } = await shop.createLink({ orderId: order.id, amount });
  await shop.pressPay(link.checkout_url, 'card');
  const { body } = await shop.native('/payments?limit=50');
  const payment = body.data.find((one: { linkId: string | null }) => one.linkId === link.id);
  const tenantId = app.tenants[0]?.tenant.id;
  assert.ok(tenantId);
  const [operation] = await readOperationsOf(app.app.core, tenantId, [payment.id as PaymentId]);
  assert.ok(operation);
  const say = (finding: Report['finding']): Report => ({ ...operation, finding });
  return {
    paymentId: payment.id as string,
    approved: say({
      kind: 'approved',
      processorReference: operation.reference,
      amount: money(BigInt(amount), sek),
      code: '00',
    }),
    declined: say({ kind: 'declined', code: '05', message: 'Refused', cause: 'processor' }),
    unheard: say({ kind: 'unknown', detail: 'no answer' }),
    status: async () => (await shop.link(link.id)).body.status,
    paymentStatus: async () => (await shop.payment(payment.id)).body.status,
  };
}

/** How often each of some payments was charged, and in how many transactions they were last changed. */
async function booked(paymentIds: readonly string[]) {
  const { database } = app.app.core;
  const [row] = await database.query<{ changes: bigint; charges: (bigint | null)[] }>(
    `select count(distinct p.xmin::text) as changes,
       array_agg((select count(*) from ledger_transactions t where t.payment_id = p.id and t.kind = 'charge')
         order by array_position($1::uuid[], p.id)) as charges
     from payments p where p.id = any($1::uuid[])`,
    [paymentIds],
  );
  return { changes: Number(row?.changes), charges: row?.charges.map(Number) };
}

test('outcomes that arrive together are booked together, and of several of one payment each after the other', async () => {
  const record = outcomeRecording(() => app.app.core);
  const paid = await openAttempt(10_000);
  const refused = await openAttempt(20_000);
  const [changing, open] = [await openAttempt(30_000), await openAttempt(40_000)];
  const stranger: Report = { ...paid.approved, reference: 'NOBODYKNOWSTHIS1' };
  const reports = [
    paid.approved,
    refused.declined,
    changing.unheard,
    stranger,
    changing.declined,
    paid.approved,
    paid.declined,
    open.unheard,
    changing.approved,
  ];
  const ours = await Promise.all(reports.map(record));
  assert.deepEqual(
    ours,
    reports.map((report) => report !== stranger),
  );
  const attempts = [paid, refused, changing, open];
  assert.deepEqual(await Promise.all(attempts.map((one) => one.paymentStatus())), [
    'completed',
    'declined',
    'completed',
    'pending',
  ]);
  assert.deepEqual(await Promise.all([paid, refused, changing].map((one) => one.status())), [
    'completed',
    'created',
    'completed',
  ]);
  assert.deepEqual(await booked([paid, refused, changing].map(({ paymentId }) => paymentId)), {
    changes: 1,
    charges: [1, 0, 1],
  });
  await assertAuditGreen(app.app.core.database);
});

test('an outcome that cannot be booked does not hold up those that arrive with it', async () => {
  const { database } = app.app.core;
  const record = outcomeRecording(() => app.app.core);
  const [broken, paid] = [await openAttempt(10_000), await openAttempt(20_000)];
  const setStatus = (status: string) =>
    database.query('update payments set status = $2 where id = $1', [broken.paymentId, status]);
  // No outcome leads on from there.
  await setStatus('validated');
  const endings = await Promise.allSettled([broken.approved, paid.approved].map(record));
  assert.deepEqual(
    endings.map(({ status }) => status),
    ['rejected', 'fulfilled'],
  );
  assert.equal(await paid.status(), 'completed');
  await setStatus('pending');
  assert.equal(await record(broken.approved), true);
  assert.equal(await broken.status(), 'completed');
  await assertAuditGreen(database);
});
