import assert from 'node:assert/strict';
import { it } from 'node:test';
import { manualClock } from '#kit/clock.ts';
import { currency } from '#kit/currency.ts';
import { randomIds } from '#kit/ids.ts';
import type { Book, BookEntry } from '../book.ts';
import { createFaults } from '../faults.ts';
import { usualDelays } from '../simulator.ts';
import { createBank } from './bank.ts';

/** A book whose first line stays on its way to the disk until it is let go. */
function slowBook() {
  const { promise: written, resolve: write } = Promise.withResolvers<void>();
  const entries: BookEntry[] = [];
  const book: Book = {
    rows: () => [],
    events: () => [],
    record: (_connector, entry) => (entries.push(entry) === 1 ? written : Promise.resolve()),
    settle: () => written,
    close: () => written,
  };
  return { book, write, rows: () => entries.flatMap(({ row }) => row ?? []) };
}

it('a payer who approves while the request is still being written down pays once, told first or not', async () => {
  for (const isToldFirst of [true, false]) {
    const { book, write, rows } = slowBook();
    const faults = createFaults();
    if (isToldFirst) faults.add({ kind: 'callback-first', times: 2 });
    const bank = createBank({
      book,
      faults,
      clock: manualClock(new Date('2026-03-02T09:00:00Z')),
      ids: randomIds,
      log: () => undefined,
      closing: AbortSignal.abort(),
      delays: { ...usualDelays, payerMs: 0, callbackRetryMs: [] },
    });
    const opened = bank.open({
      type: 'payment',
      id: 'A'.repeat(32),
      reference: 'order-1',
      callbackUrl: 'https://shop.example/told',
      merchant: '1231181189',
      amount: { minor: 100n, currency: currency('SEK') },
      message: '',
      createdAt: '2026-03-02T09:00:00.000Z',
      status: 'CREATED',
    });
    await bank.catchUp();
    write();
    await opened;
    assert.deepEqual(
      rows().map(({ kind, outcome }) => [kind, outcome]),
      [['purchase', 'approved']],
    );
  }
});
