/** Money that is held and taken later: the operations themselves, at a real processor's simulator, with a clock to turn. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { runAudit } from '#core/audit/run-audit.ts';
import type { Call } from '#core/core.ts';
import { readOperation, readOperationsOf } from '#core/operations/read-operations.ts';
import { paymentCapturing } from '#core/payments/capture-payment.ts';
import type { NewPayment } from '#core/payments/initiate-payments.ts';
import { lapseAuthorisations } from '#core/payments/lapse-authorisations.ts';
import { readPayment } from '#core/payments/read-payment.ts';
import { outcomeRecording } from '#core/payments/record-outcome.ts';
import { releasePayment } from '#core/payments/release-payment.ts';
import { readBalances } from '#core/tenants/read-balances.ts';
import { removeConnector } from '#core/tenants/remove-connector.ts';
import type { Tenant } from '#core/tenants/tenant.ts';
import { manualClock } from '#kit/clock.ts';
import { currency } from '#kit/currency.ts';
import { CoreError } from '#kit/errors.ts';
import type { PaymentId } from '#kit/ids.ts';
import { money } from '#kit/money.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { payOnPage } from '#test/support/ping-client.ts';

const goodCard = '4111111111111111';
const dayMs = 86_400_000;
const amount = 10_000n;

/** Races of each kind: enough for a lost lock to show on PostgreSQL. `AUTHORISATION_RACES=1000` is the full bar. */
const races = Number(process.env.AUTHORISATION_RACES ?? 25);

const clock = manualClock(new Date('2026-03-02T09:00:00Z'));
let app: TestApp;
let tenant: Tenant;
let call: Call;
before(async () => {
  app = await startTestApp({ clock });
  const first = app.tenants[0]?.tenant;
  assert.ok(first);
  tenant = first;
  call = { tenant, origin: 'ping' };
});
after(() => app.stop());

/** Starts a payment whose money is only to be held. */
async function begin(method: 'card' | 'dummy', options: Partial<NewPayment> = {}): Promise<PaymentId> {
  const given = { currency: currency('EUR'), splitParameters: {}, splitTreeId: null };
  const { result: order } = await app.app.batched.createOrder(call, given);
  const { result } = await app.app.batched.initiatePayment(call, {
    orderId: order.id,
    method,
    amount: money(amount, currency('EUR')),
    parameters: {},
    particulars: { given: {}, description: 'Prescription' },
    callbackUrl: null,
    capture: 'later',
    ...options,
  });
  return result.paymentId;
}

/** The same, once the payer has entered a good card on the processor's page. */
async function holdByCard(): Promise<PaymentId> {
  const id = await begin('card');
  const [operation] = await readOperationsOf(app.app.core, tenant.id, [id]);
  await payOnPage(operation?.pageUrl ?? '', goodCard);
  return id;
}

const read = (id: PaymentId) => readPayment(app.app.core, tenant, id);
const statusOf = async (id: PaymentId) => (await read(id)).payment.status;
const capture = (id: PaymentId, more: { amount?: bigint | 'all'; mayExceed?: true } = {}) =>
  app.app.batched.capturePayment(call, { paymentId: id, amount: 'all', ...more });
const release = (id: PaymentId) => releasePayment(app.app.core, call, id);

/** Has the processor decline what it is asked next. */
async function declineNext(): Promise<void> {
  await fetch(`${app.simulatorUrl}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'decline', code: '51', times: 1 }),
  });
}

async function receipts(): Promise<bigint> {
  const balances = await readBalances(app.app.core, tenant);
  return -(balances.find(({ code, currency: of }) => code === 'receipts' && of === 'EUR')?.balance ?? 0n);
}

async function assertForbidden(promise: Promise<unknown>, code = 'operation_forbidden'): Promise<void> {
  await assert.rejects(promise, (error) => error instanceof CoreError && error.code === code);
}

async function assertAuditGreen(): Promise<void> {
  const report = await runAudit(app.app.core);
  assert.deepEqual(
    report.checks.filter(({ ok }) => !ok),
    [],
  );
}

async function kindsOf(id: PaymentId): Promise<string[]> {
  return (await read(id)).operations.map(({ kind, status }) => `${kind} ${status}`).sort();
}

describe('money that is held', () => {
  it('is authorised by the page, posted by nobody, and the payer’s until it is captured', async () => {
    const before = await receipts();
    const id = await holdByCard();
    const { payment } = await read(id);
    assert.deepEqual([payment.status, payment.captured], ['authorised', 0n]);
    assert.equal(payment.lapsesAt?.getTime(), clock.now().getTime() + 7 * dayMs);
    assert.equal(await receipts(), before);
    await capture(id);
    assert.deepEqual(await kindsOf(id), ['auth approved', 'complete approved']);
    assert.deepEqual([await statusOf(id), await receipts()], ['completed', before + amount]);
    await assertAuditGreen();
  });

  it('is captured for less, and then refunded no further than was captured', async () => {
    const id = await holdByCard();
    await capture(id, { amount: 4_000n });
    assert.equal((await read(id)).payment.captured, 4_000n);
    const refund = (part: bigint) =>
      app.app.batched.refundPayment(call, { paymentId: id, amount: part, reason: '' });
    await assertForbidden(refund(4_001n), 'amount_exceeds_available');
    await refund(4_000n);
    assert.deepEqual(await kindsOf(id), ['auth approved', 'complete approved', 'refund approved']);
    await assertAuditGreen();
  });

  it('is not captured for more, unless the caller’s dialect lets it', async () => {
    const id = await begin('dummy');
    await assertForbidden(capture(id, { amount: amount + 1n }), 'amount_exceeds_available');
    await capture(id, { amount: amount + 1n, mayExceed: true });
    assert.equal((await read(id)).payment.captured, amount + 1n);
    await assertAuditGreen();
  });

  it('is captured once, and neither captured nor released afterwards', async () => {
    const id = await begin('dummy');
    await capture(id);
    await assertForbidden(capture(id));
    await assertForbidden(release(id));
  });

  it('is let go for good: at a processor that can void by a void, at one that cannot by its lapse there', async () => {
    const voided = await begin('dummy');
    const left = await holdByCard();
    for (const id of [voided, left]) {
      await release(id);
      await assertForbidden(capture(id));
      await assertForbidden(release(id));
      assert.equal(await statusOf(id), 'cancelled');
    }
    await app.app.core.work.drain(tenant.id);
    assert.deepEqual(await kindsOf(voided), ['auth approved', 'void approved']);
    assert.deepEqual(await kindsOf(left), ['auth approved']);
    await assertAuditGreen();
  });

  it('stays held when the processor declines the capture, and can be captured again', async () => {
    const id = await holdByCard();
    await declineNext();
    const { result } = await capture(id);
    assert.equal((await readOperation(app.app.core, tenant.id, result.captureId)).status, 'declined');
    const { payment } = await read(id);
    assert.deepEqual([payment.status, payment.capturing], ['authorised', 0n]);
    await capture(id);
    assert.equal(await statusOf(id), 'completed');
    await assertAuditGreen();
  });

  it('is refunded of the capture that was made, not of one that was declined before it', async () => {
    const id = await holdByCard();
    await declineNext();
    await capture(id);
    await capture(id);
    await app.app.batched.refundPayment(call, { paymentId: id, amount: 4_000n, reason: '' });
    const { operations } = await read(id);
    const made = operations.find(({ kind, status }) => kind === 'complete' && status === 'approved');
    const refund = operations.find(({ kind }) => kind === 'refund');
    assert.ok(made?.processorReference);
    assert.deepEqual([refund?.status, refund?.originalReference], ['approved', made.processorReference]);
    await assertAuditGreen();
  });

  it('keeps its account at the processor from being removed', async () => {
    const id = await begin('dummy');
    await assertForbidden(removeConnector(app.app.core, call, 'dummy'));
    await release(id);
  });

  it('lapses after seven days in the tenant’s time, or when the caller said, or never', async () => {
    const usual = await begin('dummy');
    const short = await begin('dummy', { authorisationMs: dayMs });
    const endless = await begin('dummy', { authorisationMs: null });
    const at = async (ms: number) => {
      clock.advance(ms);
      await lapseAuthorisations(app.app.core, tenant.id);
      return Promise.all([usual, short, endless].map(statusOf));
    };
    assert.deepEqual(await at(dayMs - 1), ['authorised', 'authorised', 'authorised']);
    assert.deepEqual(await at(1), ['authorised', 'cancelled', 'authorised']);
    assert.deepEqual(await at(6 * dayMs), ['cancelled', 'cancelled', 'authorised']);
    await assertForbidden(capture(usual));
    await capture(endless);
  });

  it('cannot be captured once its time is over, even before the sweep has come round', async () => {
    const id = await begin('dummy', { authorisationMs: 1 });
    clock.advance(1);
    await assertForbidden(capture(id));
  });
});

describe('a capture whose answer is lost', () => {
  it('keeps the money from being let go until the processor has said what became of it', async () => {
    const id = await begin('dummy', { authorisationMs: dayMs });
    const [authorisation] = await readOperationsOf(app.app.core, tenant.id, [id]);
    assert.ok(authorisation);
    const { result } = await captureUnanswered(id);
    await assertForbidden(release(id));
    await assertForbidden(capture(id));
    clock.advance(dayMs);
    await lapseAuthorisations(app.app.core, tenant.id);
    assert.equal(await statusOf(id), 'authorised');
    await app.app.core.processors.inquire(tenant.id, result.captureId);
    assert.equal(await statusOf(id), 'completed');
    await assertAuditGreen();
  });

  it('and is approved after the money was let go is booked and given back', async () => {
    const id = await begin('dummy');
    const { result } = await captureUnanswered(id);
    const complete = await readOperation(app.app.core, tenant.id, result.captureId);
    const declined = { kind: 'declined', code: '51', message: 'no', cause: 'processor' } as const;
    await outcomeRecording(() => app.app.core)({ ...complete, finding: declined });
    await release(id);
    const approved = { kind: 'approved', processorReference: `late-${id}`, code: '00' } as const;
    const finding = { ...approved, amount: money(amount, currency('EUR')) };
    await outcomeRecording(() => app.app.core)({ ...complete, finding });
    await app.app.core.work.drain(tenant.id);
    const { payment } = await read(id);
    assert.deepEqual([payment.status, payment.superseded, payment.refunded], ['completed', true, amount]);
    await assertAuditGreen();
  });
});

/** Captures with a processor that does not answer. */
async function captureUnanswered(id: PaymentId) {
  const { processors } = app.app.core;
  const core = {
    ...app.app.core,
    processors: { ...processors, perform: async () => undefined },
  };
  return paymentCapturing(core)(call, { paymentId: id, amount: 'all' });
}

describe('capture, release and lapse of one payment', () => {
  it('have one winner, whoever comes in between', async () => {
    for (let round = 0; round < races; round += 1) {
      const id = await begin('dummy', { authorisationMs: dayMs });
      clock.advance(dayMs - 1);
      const lapse = () => lapseAuthorisations(app.app.core, tenant.id);
      const first = [capture(id), release(id), capture(id), release(id)];
      clock.advance(round % 2);
      await assertRefusedPolitely([...first, lapse(), capture(id), release(id), lapse()]);
      await assertOneEnd(id);
    }
    await app.app.core.work.drain(tenant.id);
    await assertAuditGreen();
  });
});

async function assertRefusedPolitely(contenders: readonly Promise<unknown>[]): Promise<void> {
  for (const one of await Promise.allSettled(contenders))
    if (one.status === 'rejected') await assertForbidden(Promise.reject(one.reason));
}

async function assertOneEnd(id: PaymentId): Promise<void> {
  const { payment, transitions, operations } = await read(id);
  const ends = transitions.map(({ toStatus }) => toStatus).slice(2);
  assert.deepEqual(ends, [payment.status]);
  const taken = payment.status === 'completed';
  assert.equal(operations.filter(({ kind }) => kind === 'complete').length, taken ? 1 : 0);
  assert.equal(operations.filter(({ kind }) => kind === 'void').length, taken ? 0 : 1);
  assert.equal(payment.captured, taken ? amount : 0n);
}
