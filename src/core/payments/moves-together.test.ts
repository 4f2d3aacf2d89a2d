/** Captures and refunds that arrive together and are written with one commit: each ends as if it had come alone. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { runAudit } from '#core/audit/run-audit.ts';
import type { Call } from '#core/core.ts';
import { paymentCapturing } from '#core/payments/capture-payment.ts';
import { readPayment } from '#core/payments/read-payment.ts';
import { paymentRefunding } from '#core/payments/refund-payment.ts';
import { currency } from '#kit/currency.ts';
import type { PaymentId } from '#kit/ids.ts';
import { money } from '#kit/money.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';

const eur = currency('EUR');
const amount = 10_000n;

let app: TestApp;
let call: Call;
before(async () => {
  app = await startTestApp();
  const tenant = app.tenants[0]?.tenant;
  assert.ok(tenant);
  call = { tenant, origin: 'native' };
});
after(() => app.stop());

async function hold(): Promise<PaymentId> {
  const { createOrder, initiatePayment } = app.app.batched;
  const { result: order } = await createOrder(call, {
    currency: eur,
    splitParameters: {},
    splitTreeId: null,
  });
  const { result } = await initiatePayment(call, {
    orderId: order.id,
    method: 'dummy',
    amount: money(amount, eur),
    parameters: {},
    particulars: { given: {}, description: 'Prescription' },
    callbackUrl: null,
    capture: 'later',
  });
  return result.paymentId;
}

const holdSeveral = () => Promise.all(Array.from({ length: 8 }, hold));
const read = async (id: PaymentId) => (await readPayment(app.app.core, call.tenant, id)).payment;
const capture = (paymentId: string, by = call) =>
  app.app.batched.capturePayment(by, { paymentId, amount: 'all' });
const refund = (paymentId: string, part: bigint | 'all', by = call) =>
  app.app.batched.refundPayment(by, { paymentId, amount: part, reason: 'returned' });
const under = (key: string): Call => ({
  ...call,
  idempotency: { scope: 'POST /moves', key, hash: Buffer.alloc(32) },
});

/** What became of calls made in one turn of the event loop, each in its place. */
async function endingsOf(calls: readonly Promise<{ replayed: boolean }>[]): Promise<string[]> {
  const endings = await Promise.allSettled(calls);
  return endings.map((one) => {
    if (one.status === 'rejected') return one.reason.code ?? String(one.reason);
    return one.value.replayed ? 'repeated' : 'done';
  });
}

/** In how many transactions the movements of a kind were written that no processor has been asked for yet. */
async function commitsOf(kind: 'complete' | 'refund', ids: readonly PaymentId[]): Promise<number> {
  const [row] = await app.app.core.database.query<{ n: bigint }>(
    'select count(distinct xmin::text) as n from operations where kind = $1 and payment_id = any($2::uuid[])',
    [kind, ids],
  );
  return Number(row?.n);
}

async function assertAuditGreen(): Promise<void> {
  const { checks } = await runAudit(app.app.core);
  assert.deepEqual(
    checks.filter(({ ok }) => !ok),
    [],
  );
}

describe('captures and refunds that arrive together', () => {
  it('are captured once each, and one that is refused holds up no other', async () => {
    const [first, second, third] = [await hold(), await hold(), await hold()];
    const endings = await endingsOf([
      capture(first),
      capture(first),
      capture(randomUUID()),
      capture(second),
      capture('no id at all'),
      capture(third.toUpperCase()),
      capture(third),
    ]);
    assert.deepEqual(endings, [
      'done',
      'operation_forbidden',
      'not_found',
      'done',
      'not_found',
      'done',
      'operation_forbidden',
    ]);
    for (const id of [first, second, third]) {
      const { status, captured } = await read(id);
      assert.deepEqual([status, captured], ['completed', amount]);
    }
    await assertAuditGreen();
  });

  it('are given back no further than was taken', async () => {
    const [first, second, unpaid] = [await hold(), await hold(), await hold()];
    await endingsOf([capture(first), capture(second)]);
    const endings = await endingsOf([
      refund(first, 6_000n),
      refund(second, 'all'),
      refund(first, 6_000n),
      refund(first, 4_000n),
      refund(unpaid, 'all'),
      refund(second, 1n),
    ]);
    assert.deepEqual(endings, [
      'done',
      'done',
      'amount_exceeds_available',
      'done',
      'operation_forbidden',
      'amount_exceeds_available',
    ]);
    for (const id of [first, second]) assert.equal((await read(id)).refunded, amount);
    await assertAuditGreen();
  });

  it('are one movement for each idempotency key, and a key that was refused may be used again', async () => {
    const [first, second] = [await hold(), await hold()];
    const ask = [capture(first, under('a')), capture(second, under('b')), capture(first, under('c'))];
    assert.deepEqual(await endingsOf(ask), ['done', 'done', 'operation_forbidden']);
    assert.deepEqual(await endingsOf([capture(first, under('a')), refund(first, 'all', under('c'))]), [
      'repeated',
      'done',
    ]);
    const [given, again] = await Promise.all([
      refund(second, 'all', under('d')),
      capture(second, under('b')),
    ]);
    assert.deepEqual([given.replayed, again.replayed], [false, true]);
    await assertAuditGreen();
  });

  it('are written with one commit', async () => {
    const ids = await holdSeveral();
    const { processors } = app.app.core;
    const unheard = { ...app.app.core, processors: { ...processors, perform: async () => undefined } };
    const captureOnly = paymentCapturing(unheard);
    const refundOnly = paymentRefunding(unheard);
    await Promise.all(ids.map((paymentId) => captureOnly(call, { paymentId, amount: 'all' })));
    assert.equal(await commitsOf('complete', ids), 1);
    const paid = await holdSeveral();
    await Promise.all(paid.map((id) => capture(id)));
    await Promise.all(
      paid.map((paymentId) => refundOnly(call, { paymentId, amount: 1n, reason: 'returned' })),
    );
    assert.equal(await commitsOf('refund', paid), 1);
  });
});
