/** Records 5 to 8: a batch of CCD+ entries, each with the addenda that ties it to its 835. */
import type { FileOrder, RailEntry } from '#kit/rail.ts';
import { alpha, entryHash, exact, numeric, record, shortDate } from './records.ts';

export interface Batch {
  readonly kind: RailEntry['kind'];
  readonly payerName: string;
  readonly payerTin: string;
  readonly effectiveDate: string;
  readonly entries: readonly RailEntry[];
}

export interface Totals {
  /** Entries and addenda. */
  readonly count: number;
  readonly debits: bigint;
  readonly credits: bigint;
  readonly routingNumbers: readonly string[];
}

/** Mixed, credits alone, debits alone. */
const serviceClasses = { mixed: '200', credits: '220', debits: '225' } as const;

/** What a healthcare payment is called (CORE 370), and what takes one back. */
const descriptions = { issue: 'HCCLAIMPMT', stop: 'REVERSAL' } as const satisfies Record<
  RailEntry['kind'],
  string
>;

/** Credits, and the debits that reverse them, by the kind of account. */
const transactionCodes = {
  issue: { checking: '22', savings: '32' },
  stop: { checking: '27', savings: '37' },
} as const satisfies Record<RailEntry['kind'], { checking: string; savings: string }>;

/** The code of an entry that debits our own checking account, or credits it. */
const offsetCodes = { issue: '27', stop: '22' } as const satisfies Record<RailEntry['kind'], string>;

export function composeBatch(order: FileOrder, batch: Batch, number: number): string[] {
  const odfi = order.account.routingNumber.slice(0, 8);
  const serviceClass = serviceClassOf(order, batch);
  const companyId = exact(`1${batch.payerTin}`, 10);
  const totals = batchTotals(order, batch);
  return [
    record(
      '5',
      serviceClass,
      alpha(batch.payerName, 16),
      ' '.repeat(20),
      companyId,
      'CCD',
      exact(descriptions[batch.kind], 10),
      shortDate(order.date),
      shortDate(batch.effectiveDate),
      '   ',
      '1',
      odfi,
      numeric(number, 7),
    ),
    ...batch.entries.flatMap((entry) => composeEntry(entry)),
    ...(order.account.offset ? [composeOffset(order, batch)] : []),
    record(
      '8',
      serviceClass,
      numeric(totals.count, 6),
      entryHash(totals.routingNumbers),
      numeric(totals.debits, 12),
      numeric(totals.credits, 12),
      companyId,
      ' '.repeat(19),
      ' '.repeat(6),
      odfi,
      numeric(number, 7),
    ),
  ];
}

export function batchTotals({ account }: FileOrder, { kind, entries }: Batch): Totals {
  const sum = entries.reduce((total, { amount }) => total + amount, 0n);
  const offset = account.offset ? sum : 0n;
  return {
    count: entries.length * 2 + (account.offset ? 1 : 0),
    debits: kind === 'issue' ? offset : sum,
    credits: kind === 'issue' ? sum : offset,
    routingNumbers: [
      ...entries.map(({ payeeRoutingNumber = '' }) => payeeRoutingNumber),
      ...(account.offset ? [account.routingNumber] : []),
    ],
  };
}

function serviceClassOf({ account }: FileOrder, { kind }: Batch): string {
  if (account.offset) return serviceClasses.mixed;
  return kind === 'issue' ? serviceClasses.credits : serviceClasses.debits;
}

/** An entry and its addenda. A reversal bears the trace number of what it reverses. */
function composeEntry(entry: RailEntry): [string, string] {
  const { payeeRoutingNumber: routing = '', payeeAccountNumber = '', savings = false } = entry;
  return [
    record(
      '6',
      transactionCodes[entry.kind][savings ? 'savings' : 'checking'],
      numeric(routing, 9),
      exact(payeeAccountNumber, 17),
      numeric(entry.amount, 10),
      exact(entry.reference, 15),
      alpha(entry.payeeName, 22),
      '  ',
      '1',
      numeric(entry.instrument, 15),
    ),
    record(
      '7',
      '05',
      exact(`TRN*1*${entry.traceNumber}*1${entry.payerTin}~`, 80),
      '0001',
      entry.instrument.slice(-7),
    ),
  ];
}

/** Trace numbers of offsets stand apart from those of entries: the highest there are, counted down by batch. */
const offsetTrace = '9999999';

function composeOffset({ account }: FileOrder, { kind, payerName, entries }: Batch): string {
  const sum = entries.reduce((total, { amount }) => total + amount, 0n);
  return record(
    '6',
    offsetCodes[kind],
    numeric(account.routingNumber, 9),
    exact(account.accountNumber, 17),
    numeric(sum, 10),
    exact('OFFSET', 15),
    alpha(payerName, 22),
    '  ',
    '0',
    account.routingNumber.slice(0, 8) + offsetTrace,
  );
}
