import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { FileOrder, RailEntry } from '#kit/rail.ts';
import { routingCheckDigit } from '#kit/us-identifiers.ts';
import { readNacha } from '#test/support/read-nacha.ts';
import { composeNacha } from './compose-nacha.ts';
import { readReturn } from './read-return.ts';

const account = {
  name: 'EVERY HEALTH TPA',
  tin: '123456789',
  bankName: 'FIRST EXAMPLE BANK',
  routingNumber: '121042882',
  accountNumber: '9900112233',
  gatewayUrl: 'http://localhost:1',
  offset: false,
};

const entry: RailEntry = {
  kind: 'issue',
  instrument: '121042880000001',
  reference: 'EVRYHEALTH001',
  traceNumber: 'EVRYHEALTH001',
  amount: 10_000n,
  effectiveDate: '2025-01-03',
  payerName: 'EVERY HEALTH TPA',
  payerTin: '123456789',
  payeeName: 'MAIN STREET CLINIC',
  payeeRoutingNumber: '231380104',
  payeeAccountNumber: '744-5678-99',
};

const order: FileOrder = { account, entries: [entry], date: '2025-01-02', time: '09:30', ordinal: 0 };

describe('a NACHA file', () => {
  it('is the vector of the rules, byte for byte', () => {
    const vector = readFileSync(new URL('./fixtures/one-credit.ach', import.meta.url), 'utf8');
    assert.equal(composeNacha(order).content, vector);
  });

  it('with an offset is mixed, and debits the account for its credits', () => {
    const file = readNacha(composeNacha({ ...order, account: { ...account, offset: true } }).content);
    assert.equal(file.batches[0]?.serviceClass, '200');
    assert.equal(file.batches[0]?.entries.at(-1)?.transactionCode, '27');
    assert.deepEqual([file.debits, file.credits], [10_000n, 10_000n]);
  });

  it('takes an entry back by a debit under the trace number of the entry', () => {
    const file = readNacha(composeNacha({ ...order, entries: [{ ...entry, kind: 'stop' }] }).content);
    assert.equal(file.batches[0]?.description, 'REVERSAL');
    assert.equal(file.batches[0]?.serviceClass, '225');
    assert.equal(file.batches[0]?.entries[0]?.trace, entry.instrument);
    assert.deepEqual([file.debits, file.credits], [10_000n, 0n]);
  });

  /** A single run of the suite takes a sample; the bar is ten thousand (`FILE_RUNS=10000`). */
  const runs = Number(process.env.FILE_RUNS ?? 300);

  it('of whatever entries is right in every line, hash and total, read by somebody else', () => {
    const routing = fc
      .integer({ min: 1_000_000, max: 99_999_999 })
      .map((number) => String(number).padStart(8, '0'))
      .map((digits) => `${digits}${routingCheckDigit(digits)}`);
    const entries = fc.array(
      fc.record({
        kind: fc.constantFrom('issue' as const, 'stop' as const),
        reference: fc.stringMatching(/^[A-Za-z0-9._/-]{1,46}$/),
        amount: fc.bigInt({ min: 1n, max: 9_999_999_999n }),
        effectiveDate: fc.constantFrom('2025-01-03', '2025-01-06'),
        payerName: fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }),
        payerTin: fc.constantFrom('123456789', '987654321'),
        payeeName: fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }),
        payeeRoutingNumber: routing,
        payeeAccountNumber: fc.stringMatching(/^[A-Za-z0-9-]{1,17}$/),
        savings: fc.boolean(),
      }),
      { minLength: 1, maxLength: 30 },
    );
    const property = fc.property(entries, fc.boolean(), (generated, offset) => {
      const made = generated.map((one, index) => ({
        ...one,
        traceNumber: one.reference,
        instrument: `12104288${String(index + 1).padStart(7, '0')}`,
      }));
      const file = readNacha(
        composeNacha({ ...order, account: { ...account, offset }, entries: made }).content,
      );
      const read = file.batches.flatMap((batch) => batch.entries).filter((one) => one.addenda !== undefined);
      assert.equal(read.length, made.length);
      const byTrace = new Map(read.map((one) => [one.trace, one]));
      for (const one of made) {
        const found = byTrace.get(one.instrument);
        assert.equal(found?.amount, one.amount);
        assert.equal(found?.addenda, `TRN*1*${one.traceNumber}*1${one.payerTin}~`);
      }
    });
    fc.assert(property, { seed: 20_260_301, numRuns: runs });
  });
});

describe('what comes back', () => {
  it('is read by its own positions: a return, a notification of change, and nothing else', () => {
    const line = (text: string) => text.padEnd(94);
    const returned = line(`799R03121042880000001      23138010${' '.repeat(44)}231380100000001`);
    assert.deepEqual(readReturn(`${line('101')}\n${returned}\n`), {
      kind: 'returned',
      code: 'R03',
      instrument: '121042880000001',
      detail: {},
    });
    const changed = line(`798C01121042880000001      23138010${'744567890'.padEnd(29)}`);
    assert.deepEqual(readReturn(changed)?.detail, { corrected: '744567890' });
    assert.equal(readReturn(composeNacha(order).content), undefined);
    assert.equal(readReturn('799R03'), undefined);
  });
});
