import type { ComposedFile, FileOrder, RailEntry } from '#kit/rail.ts';
import { type Batch, batchTotals, composeBatch, type Totals } from './compose-batch.ts';
import { alpha, entryHash, exact, numeric, record, recordLength, shortDate } from './records.ts';

/** Records stand in blocks of ten; what is missing of the last is filled with nines. */
const blockingFactor = 10;

/** File id modifiers of one day, in order. */
const modifiers = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/**
 * Writes a NACHA file: one batch for each payer and date of credits, and one for each of reversals. Every line 94
 * characters, the file a multiple of ten lines.
 */
export function composeNacha(order: FileOrder): ComposedFile {
  const batches = batchesOf(order);
  const records = [
    fileHeader(order),
    ...batches.flatMap((batch, index) => composeBatch(order, batch, index + 1)),
    fileControl(batches.map((batch) => batchTotals(order, batch))),
  ];
  while (records.length % blockingFactor !== 0) records.push('9'.repeat(recordLength));
  const { account, date, time, ordinal } = order;
  const stamp = `${shortDate(date)}-${time.replace(':', '').slice(0, 4)}-${modifierOf(ordinal)}`;
  return { fileName: `ach-${account.routingNumber}-${stamp}.ach`, content: `${records.join('\n')}\n` };
}

/** Entries that share a batch header: what kind, for whom, and when they take effect. */
function batchesOf({ entries }: FileOrder): Batch[] {
  const nameOf = (entry: RailEntry) =>
    [entry.kind, entry.payerTin, entry.payerName, entry.effectiveDate].join('|');
  return [...Map.groupBy(entries, nameOf).values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const { kind, payerName, payerTin, effectiveDate } = first;
    return { kind, payerName, payerTin, effectiveDate, entries: members };
  });
}

function fileHeader({ account, date, time, ordinal }: FileOrder): string {
  return record(
    '1',
    '01',
    ` ${account.routingNumber}`,
    exact(`1${account.tin}`, 10),
    shortDate(date),
    time.replace(':', '').slice(0, 4),
    modifierOf(ordinal),
    '094',
    '10',
    '1',
    alpha(account.bankName, 23),
    alpha(account.name, 23),
    ' '.repeat(8),
  );
}

function modifierOf(ordinal: number): string {
  return modifiers[ordinal % modifiers.length] ?? 'A';
}

function fileControl(totals: readonly Totals[]): string {
  const count = totals.reduce((sum, one) => sum + one.count, 0);
  const debits = totals.reduce((sum, one) => sum + one.debits, 0n);
  const credits = totals.reduce((sum, one) => sum + one.credits, 0n);
  // Header and control of the file and of each batch, and all that is between.
  const lines = 2 + totals.length * 2 + count;
  return record(
    '9',
    numeric(totals.length, 6),
    numeric(Math.ceil(lines / blockingFactor), 6),
    numeric(count, 8),
    entryHash(totals.flatMap(({ routingNumbers }) => routingNumbers)),
    numeric(debits, 12),
    numeric(credits, 12),
    ' '.repeat(39),
  );
}
