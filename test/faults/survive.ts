/** What the product promises of a bad day, whichever processor has it. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { isOpen } from '#core/operations/operation.ts';
import { assertAuditGreen, assertBooksAgree, readBook, readOperations } from '#test/support/reconcile.ts';
import { type BadProcessor, spendBadDay, startMorning } from './bad-day.ts';

/** The bar: what is open when the processor is well again is settled within this time. */
const settledWithinMs = 10 * 60_000;

/** Spends a bad day, holds the product to what it promises of one, and answers how many payments there were. */
export async function survive(
  context: TestContext,
  links: number,
  share: number,
  processor: BadProcessor = 'windcave',
): Promise<number> {
  const morning = await startMorning();
  const { app } = morning;
  context.after(() => app.stop());
  const { bills, openAtEnd, quietAfterMs } = await spendBadDay(morning, links, share, processor);
  const { database } = app.app.core;
  const book = await readBook(app.simulatorUrl);
  const operations = await readOperations(database);
  assertBooksAgree(book, operations, processor);
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
