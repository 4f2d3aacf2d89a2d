import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { maxMinor } from '#kit/money.ts';
import { sek } from './fixtures/views.ts';
import { summarizeVat, vatWithin } from './vat.ts';
import type { DecimalText, Item } from './view.ts';

const gross = fc.bigInt({ min: -maxMinor, max: maxMinor });
const percent = fc.constantFrom<DecimalText>(
  '25',
  '12',
  '6',
  '0',
  '15',
  '11.1',
  '19',
  '7',
  '25.5',
  '14',
  '10',
);

function line(minor: bigint, vatPercent: DecimalText): Item {
  return { description: 'x', quantity: '1', unitPrice: sek(minor), lineTotal: sek(minor), vatPercent };
}

test('the documented examples: 140.00 at 12 % holds 15.00, 1.00 at 25 % holds 0.20, a half is rounded away from zero', () => {
  assert.equal(vatWithin(14000n, '12'), 1500n);
  assert.equal(vatWithin(100n, '25'), 20n);
  assert.equal(vatWithin(100000n, '11.1'), 9991n);
  // 3 at 20 % is 0.5
  assert.equal(vatWithin(3n, '20'), 1n);
  assert.equal(vatWithin(-3n, '20'), -1n);
});

test('VAT is within half a minor unit of the exact share, and a discount takes back what its line carried', () => {
  fc.assert(
    fc.property(gross, percent, (minor, rate) => {
      const vat = vatWithin(minor, rate);
      const units = BigInt(Math.round(Number(rate) * 10));
      const difference = vat * (1000n + units) - minor * units;
      const distance = difference < 0n ? -difference : difference;
      assert.ok(2n * distance <= 1000n + units);
      assert.equal(vatWithin(-minor, rate), -vat);
    }),
  );
});

test('in every summary net and VAT make gross, the rows make the bill, and the order of lines does not matter', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(gross, percent), { maxLength: 30 }), (lines) => {
      const items = lines.map(([minor, rate]) => line(minor, rate));
      const rows = summarizeVat(items);
      for (const row of rows) assert.equal(row.net.minor + row.vat.minor, row.gross.minor);
      const total = rows.reduce((sum, row) => sum + row.gross.minor, 0n);
      assert.equal(
        total,
        lines.reduce((sum, [minor]) => sum + minor, 0n),
      );
      assert.deepEqual(summarizeVat([...items].reverse()), rows);
    }),
  );
});

test('25 and 25.0 are one rate, and a line without a rate is in no row', () => {
  const { vatPercent: _, ...unrated } = line(500n, '25');
  const rows = summarizeVat([line(100n, '25'), line(100n, '25.0'), unrated]);
  assert.deepEqual(rows, [{ percent: '25', net: sek(160n), vat: sek(40n), gross: sek(200n) }]);
});

test('a rate that is no plain percentage is refused', () => {
  for (const rate of ['-25', '1e2', 'NaN', '0x19', '25,0', '']) {
    assert.throws(() => vatWithin(100n, rate as DecimalText), RangeError);
  }
});
