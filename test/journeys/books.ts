/** What the two books say: the simulator's own, and ours. */
import assert from 'node:assert/strict';
import type { TestApp } from '#test/support/app.ts';
import { type Json, sendJson } from '#test/support/ping-client.ts';

/** Approved purchases of a link by the processor's own book; throws what the book cannot explain. */
export async function approvedPurchases(app: TestApp, linkId: string): Promise<Json[]> {
  const [book, payments] = await Promise.all([
    sendJson(`${app.simulatorUrl}/book`, 'GET', {}),
    sendJson(`${app.url}/v1/payments?limit=200`, 'GET', app.native()),
  ]);
  const references = new Set(
    payments.body.data
      .filter((payment: Json) => payment.linkId === linkId)
      .flatMap((payment: Json) => payment.operations.map((operation: Json) => operation.reference)),
  );
  return book.body.data.filter(
    (row: Json) => row.kind === 'purchase' && row.outcome === 'approved' && references.has(row.reference),
  );
}

/** Asserts that the processor took the money of the link once, and that our books know it and balance. */
export async function assertChargedOnce(app: TestApp, linkId: string, amount = 14_000): Promise<void> {
  const purchases = await approvedPurchases(app, linkId);
  assert.deepEqual(
    purchases.map((row) => row.amount),
    [amount],
  );
  await assertAuditGreen(app);
}

export async function assertAuditGreen(app: TestApp): Promise<void> {
  const { body } = await sendJson(`${app.url}/v1/audit`, 'GET', app.native());
  assert.ok(body.checks.length > 0);
  assert.deepEqual(
    body.checks.filter((check: Json) => !check.ok),
    [],
  );
  assert.equal(body.ok, true);
}
