import assert from 'node:assert/strict';
import { after, type TestContext, test } from 'node:test';
import { isOpen } from '#core/operations/operation.ts';
import { assertAuditGreen, assertBooksAgree, readBook, readOperations } from '#test/support/reconcile.ts';
import { type BadDay, spendBadDay } from './bad-day.ts';

const days: BadDay[] = [];
after(() => Promise.all(days.map(({ app }) => app.stop())));

/** The bar: what is open when the processor is well again is settled within this time. */
const settledWithinMs = 10 * 60_000;

/** Spends a bad day, holds the product to what it promises of one, and answers how many payments there were. */
async function survive(context: TestContext, links: number, share: number): Promise<number> {
  const day = await spendBadDay(links, share);
  days.push(day);
  const { app, bills, openAtEnd, quietAfterMs } = day;
  const { database } = app.app.core;
  const book = await readBook(app.simulatorUrl);
  const operations = await readOperations(database);
  assertBooksAgree(book, operations);
  assert.deepEqual(
    operations.filter(({ status }) => isOpen({ status })),
    [],
    'nobody knows the end of these',
  );
  assert.deepEqual(
    bills.flatMap(({ serverErrors }) => serverErrors),
    [],
  );
  assert.ok(quietAfterMs <= settledWithinMs, `it took ${quietAfterMs} ms to settle`);
  for (const { linkId, amount, refunds } of bills) {
    const ofLink = operations.filter((one) => one.linkId === linkId && !one.superseded);
    const approved = ofLink.filter(({ status }) => status === 'approved');
    assert.deepEqual(
      approved.filter(({ kind }) => kind === 'purchase').map((one) => one.amount),
      [BigInt(amount)],
      `link ${linkId} is paid once`,
    );
    assert.deepEqual(
      approved
        .filter(({ kind }) => kind === 'refund')
        .map((one) => Number(one.amount))
        .toSorted(),
      refunds.toSorted(),
      `of link ${linkId} every refund asked for was made, once`,
    );
  }
  await assertAuditGreen(database);
  const payments = operations.filter(({ kind }) => kind === 'purchase').length;
  context.diagnostic(
    `${payments} payments of ${links} links, ${operations.length - payments} refunds, ${book.length} rows in the book, ` +
      `${openAtEnd} open when the faults ended, all settled ${quietAfterMs / 1_000} s later`,
  );
  return payments;
}

test('sixty links are paid and refunded once each while half of all requests fail', async (context) => {
  await survive(context, 60, 0.5);
});

test('of 2,000 payments with three faults in ten requests none is doubled, lost or stuck', async (context) => {
  assert.ok((await survive(context, 1_700, 0.3)) >= 2_000);
});
