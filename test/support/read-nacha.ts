/**
 * Reads a NACHA file by the record tables of the Operating Rules, and refuses whatever in it is not right. Written from the
 * tables, not from our writer: it shares nothing with it.
 */
import assert from 'node:assert/strict';

export interface NachaEntry {
  readonly transactionCode: string;
  readonly routing: string;
  readonly account: string;
  readonly amount: bigint;
  readonly name: string;
  readonly trace: string;
  readonly addenda?: string;
}

export interface NachaBatch {
  readonly serviceClass: string;
  readonly company: string;
  readonly companyId: string;
  readonly description: string;
  readonly effectiveDate: string;
  readonly entries: readonly NachaEntry[];
}

export interface NachaFile {
  readonly origin: string;
  readonly modifier: string;
  readonly batches: readonly NachaBatch[];
  readonly debits: bigint;
  readonly credits: bigint;
}

/** One-based, inclusive, as the tables count. */
const at = (line: string, from: number, to: number): string => line.slice(from - 1, to);

const isDebit = (code: string): boolean => /^[2-5][789]$/.test(code);

export function readNacha(text: string): NachaFile {
  assert.ok(text.endsWith('\n'));
  const lines = text.slice(0, -1).split('\n');
  assert.equal(lines.length % 10, 0, 'blocks of ten');
  for (const line of lines) {
    assert.equal(line.length, 94);
    assert.match(line, /^[\x20-\x7e]{94}$/);
  }
  const [header = ''] = lines;
  assert.equal(at(header, 1, 3), '101');
  assert.equal(at(header, 35, 40), '094101');
  const records = lines.filter((line) => line !== '9'.repeat(94));
  const control = records.at(-1) ?? '';
  assert.equal(at(control, 1, 1), '9');
  const batches = readBatches(records.slice(1, -1));
  const totals = batches.map(({ batchTotals }) => batchTotals);
  assert.equal(Number(at(control, 2, 7)), batches.length);
  assert.equal(Number(at(control, 8, 13)), lines.length / 10);
  assert.equal(
    Number(at(control, 14, 21)),
    totals.reduce((total, { count }) => total + count, 0),
  );
  assert.equal(at(control, 22, 31), lastTen(sum(totals.map(({ hash }) => hash))));
  assert.equal(BigInt(at(control, 32, 43)), sum(totals.map(({ debits }) => debits)));
  assert.equal(BigInt(at(control, 44, 55)), sum(totals.map(({ credits }) => credits)));
  return {
    origin: at(header, 14, 23),
    modifier: at(header, 34, 34),
    batches: batches.map(({ batch }) => batch),
    debits: BigInt(at(control, 32, 43)),
    credits: BigInt(at(control, 44, 55)),
  };
}

interface Totals {
  readonly count: number;
  readonly hash: bigint;
  readonly debits: bigint;
  readonly credits: bigint;
}

function readBatches(records: readonly string[]): { batch: NachaBatch; batchTotals: Totals }[] {
  const read: { batch: NachaBatch; batchTotals: Totals }[] = [];
  for (let start = 0; start < records.length; ) {
    const end = records.findIndex((line, index) => index > start && line.startsWith('8'));
    assert.ok(end > start, 'every batch ends');
    read.push(readBatch(records.slice(start, end + 1), read.length + 1));
    start = end + 1;
  }
  return read;
}

function readBatch(records: readonly string[], number: number): { batch: NachaBatch; batchTotals: Totals } {
  const [header = '', ...rest] = records;
  const control = rest.pop() ?? '';
  assert.equal(at(header, 1, 1), '5');
  assert.equal(at(header, 51, 53), 'CCD');
  assert.equal(at(header, 79, 79), '1');
  assert.equal(Number(at(header, 88, 94)), number);
  assert.equal(Number(at(control, 88, 94)), number);
  assert.equal(at(control, 2, 4), at(header, 2, 4));
  assert.equal(at(control, 45, 54), at(header, 41, 50));
  const entries = readEntries(rest);
  const debits = sum(entries.filter((one) => isDebit(one.transactionCode)).map(({ amount }) => amount));
  const credits = sum(entries.filter((one) => !isDebit(one.transactionCode)).map(({ amount }) => amount));
  const hash = sum(entries.map(({ routing }) => BigInt(routing.slice(0, 8))));
  assert.equal(Number(at(control, 5, 10)), rest.length);
  assert.equal(at(control, 11, 20), lastTen(hash));
  assert.equal(BigInt(at(control, 21, 32)), debits);
  assert.equal(BigInt(at(control, 33, 44)), credits);
  const serviceClass = at(header, 2, 4);
  if (serviceClass === '220') assert.equal(debits, 0n);
  if (serviceClass === '225') assert.equal(credits, 0n);
  return {
    batch: {
      serviceClass,
      company: at(header, 5, 20).trim(),
      companyId: at(header, 41, 50),
      description: at(header, 54, 63).trim(),
      effectiveDate: at(header, 70, 75),
      entries,
    },
    batchTotals: { count: rest.length, hash, debits, credits },
  };
}

function readEntries(records: readonly string[]): NachaEntry[] {
  const entries: NachaEntry[] = [];
  let lastTrace = 0n;
  for (let index = 0; index < records.length; index += 1) {
    const line = records[index] ?? '';
    assert.equal(at(line, 1, 1), '6');
    const trace = at(line, 80, 94);
    assert.ok(BigInt(trace) > lastTrace, 'trace numbers ascend');
    lastTrace = BigInt(trace);
    assert.equal(checkDigit(at(line, 4, 11)), at(line, 12, 12));
    const addenda = at(line, 79, 79) === '1' ? (records[index + 1] ?? '') : undefined;
    if (addenda !== undefined) {
      index += 1;
      assert.equal(at(addenda, 1, 3), '705');
      assert.equal(at(addenda, 84, 87), '0001');
      assert.equal(at(addenda, 88, 94), trace.slice(-7));
    }
    entries.push({
      transactionCode: at(line, 2, 3),
      routing: at(line, 4, 12),
      account: at(line, 13, 29).trim(),
      amount: BigInt(at(line, 30, 39)),
      name: at(line, 55, 76).trim(),
      trace,
      ...(addenda === undefined ? {} : { addenda: at(addenda, 4, 83).trim() }),
    });
  }
  return entries;
}

function checkDigit(digits: string): string {
  const weights = [3, 7, 1, 3, 7, 1, 3, 7];
  const total = [...digits].reduce(
    (running, digit, index) => running + Number(digit) * (weights[index] ?? 0),
    0,
  );
  return String((10 - (total % 10)) % 10);
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

function lastTen(value: bigint): string {
  return String(value).padStart(10, '0').slice(-10);
}
