import { type Money, money } from '#kit/money.ts';
import type { DecimalText, Item } from './view.ts';

/** One VAT rate of a bill: `net` + `vat` = `gross`, always. */
export interface VatRow {
  readonly percent: DecimalText;
  readonly net: Money;
  readonly vat: Money;
  readonly gross: Money;
}

/**
 * The VAT contained in a price that includes it: `gross × percent / (100 + percent)`, rounded to the whole minor unit,
 * halves away from zero, so that a discount line takes back exactly what the same positive line would carry.
 */
export function vatWithin(gross: bigint, percent: DecimalText): bigint {
  const { units, scale } = parsePercent(percent);
  const divisor = 100n * scale + units;
  const magnitude = gross < 0n ? -gross : gross;
  const vat = (2n * magnitude * units + divisor) / (2n * divisor);
  return gross < 0n ? -vat : vat;
}

/**
 * The VAT summary of a bill, highest rate first. VAT is rounded line by line and then added, so that the summary is
 * the sum of what the lines say. Lines without a rate are left out. All lines are of one currency.
 */
export function summarizeVat(items: readonly Item[]): readonly VatRow[] {
  const rows = new Map<string, { percent: DecimalText; net: Money; vat: Money; gross: Money }>();
  for (const { lineTotal, vatPercent } of items) {
    if (vatPercent === undefined) continue;
    const percent = canonical(vatPercent);
    const vat = vatWithin(lineTotal.minor, percent);
    const row = rows.get(percent);
    const add = (amount: Money | undefined, minor: bigint) =>
      money((amount?.minor ?? 0n) + minor, lineTotal.currency);
    rows.set(percent, {
      percent,
      net: add(row?.net, lineTotal.minor - vat),
      vat: add(row?.vat, vat),
      gross: add(row?.gross, lineTotal.minor),
    });
  }
  return [...rows.values()].sort((a, b) => Number(b.percent) - Number(a.percent));
}

function parsePercent(percent: DecimalText): { readonly units: bigint; readonly scale: bigint } {
  const match = /^(\d{1,3})(?:\.(\d{1,4}))?$/.exec(percent);
  if (match === null) throw new RangeError(`not a VAT percentage: ${percent}`);
  const fraction = match[2] ?? '';
  return { units: BigInt((match[1] ?? '') + fraction), scale: 10n ** BigInt(fraction.length) };
}

/** `25.0` and `25` are one rate. */
function canonical(percent: DecimalText): DecimalText {
  return percent.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '') as DecimalText;
}
