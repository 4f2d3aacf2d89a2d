import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Operation } from '#core/operations/operation.ts';
import { readOperationsOf } from '#core/operations/read-operations.ts';
import { manualClock } from '#kit/clock.ts';
import type { PaymentId, TenantId } from '#kit/ids.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { assertAuditGreen } from '#test/support/reconcile.ts';
import { openShop, type Shop } from '#test/support/shop.ts';
import { toRequest } from '../../tasks/processor-requests.ts';

const clock = manualClock(new Date('2026-03-02T09:00:00Z'));
let app: TestApp;
let shop: Shop;
before(async () => {
  app = await startTestApp({ clock });
  await fetch(`${app.simulatorUrl}/phone`, { method: 'POST', body: new URLSearchParams({ mode: 'wait' }) });
  shop = openShop({
    url: () => app.url,
    pingHeaders: app.ping(),
    nativeHeaders: app.native(),
    merchantId: app.tenants[0]?.merchantId ?? '',
  });
});
after(() => app.stop());

interface Waiting {
  readonly linkId: string;
  readonly operation: Operation;
  /** The address Swish was given, and what it was to repeat. */
  readonly url: string;
  readonly identifier: string;
}

/** A link whose payer is to approve on the phone. */
async function startPayment(): Promise<Waiting> {
  const { body: order } = await shop.createOrder();
  const { body: link } = await shop.createLink({ orderId: order.id, amount: 10_000 });
  await shop.pressPay(link.checkout_url, 'swish');
  const { body } = await shop.native('/payments?limit=50');
  const payment = body.data.find((one: { linkId: string }) => one.linkId === link.id);
  const tenantId = app.tenants[0]?.tenant.id as TenantId;
  const [operation] = await readOperationsOf(app.app.core, tenantId, [payment.id as PaymentId]);
  assert.ok(operation);
  const { notification } = await toRequest(app.app.core, operation);
  assert.ok(notification);
  return { linkId: link.id, operation, ...notification };
}

/** What Swish would post of a payment that was paid. */
function paidBody({ operation }: Waiting) {
  const paymentReference = '1E2FC19E5E5E4E18916609B7F8911C12';
  const payeePaymentReference = operation.reference;
  return JSON.stringify({
    payeePaymentReference,
    paymentReference,
    amount: 100,
    currency: 'SEK',
    status: 'PAID',
  });
}

async function post(url: string, headers: Record<string, string>, body: string): Promise<number> {
  const json = { 'content-type': 'application/json' };
  return (await fetch(url, { method: 'POST', headers: { ...json, ...headers }, body })).status;
}

async function assertUnpaid({ linkId, operation }: Waiting): Promise<void> {
  assert.equal((await shop.link(linkId)).body.status, 'created');
  assert.equal((await shop.payment(operation.paymentId)).body.status, 'pending');
}

describe('a notification', () => {
  it('with the right identifier makes us ask, and pays nothing that Swish does not say is paid', async () => {
    const waiting = await startPayment();
    assert.equal(await post(waiting.url, { callbackidentifier: waiting.identifier }, paidBody(waiting)), 200);
    await assertUnpaid(waiting);
    await assertAuditGreen(app.app.core.database);
  });

  it('is nobody’s with a wrong identifier, with another payment’s, or without one', async () => {
    const waiting = await startPayment();
    const other = await startPayment();
    const reading = app.app.metrics.connectorCalls;
    const asked = async () =>
      JSON.stringify((await reading.get()).values.filter((one) => one.labels.call === 'inquire'));
    const before = await asked();
    for (const identifier of [other.identifier, 'f'.repeat(32), ''])
      assert.equal(await post(waiting.url, { callbackidentifier: identifier }, paidBody(waiting)), 404);
    assert.equal(await post(waiting.url, {}, paidBody(waiting)), 404);
    assert.equal(await asked(), before, 'nobody was asked');
    await assertUnpaid(waiting);
  });

  it('is nobody’s at another tenant’s address, another processor’s, or one that is none', async () => {
    const waiting = await startPayment();
    const { tenantId, id } = waiting.operation;
    const other = app.tenants[1]?.tenant.id ?? '';
    for (const path of [
      `swish/${other}/${id}`,
      `windcave/${tenantId}/${id}`,
      `swish/${tenantId}/${tenantId}`,
      `swish/${tenantId}/x`,
      `swish/${tenantId}/${id}/x`,
    ]) {
      const headers = { callbackidentifier: waiting.identifier };
      assert.equal(await post(`${app.url}/return/${path}`, headers, paidBody(waiting)), 404, path);
    }
    await assertUnpaid(waiting);
  });

  it('is bounded, and never a server’s error whatever it says', async () => {
    const waiting = await startPayment();
    const headers = { callbackidentifier: waiting.identifier };
    assert.equal(await post(waiting.url, headers, 'x'.repeat(17 * 1024)), 413);
    for (const body of ['', '{', '[]', '{"__proto__":{}}', '\u0000'])
      assert.equal(await post(waiting.url, headers, body), 200);
    const typed = { ...headers, 'content-type': 'application/xml; charset=x' };
    assert.equal(await post(waiting.url, typed, '<paid/>'), 200);
    await assertUnpaid(waiting);
  });

  it('is to be sent again where the processor cannot be asked just now', async () => {
    const waiting = await startPayment();
    await fetch(`${app.simulatorUrl}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'status-lags', connector: 'swish' }),
    });
    const headers = { callbackidentifier: waiting.identifier };
    assert.equal(await post(waiting.url, headers, ''), 503);
    assert.equal(await post(waiting.url, headers, ''), 200);
  });
});
