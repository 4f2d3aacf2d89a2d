/** What this dialect writes the same everywhere: amounts as decimals, instants in UTC, ids in one case. */
import { type Currency, findCurrency } from '#kit/currency.ts';
import { invalid } from '#kit/errors.ts';
import { formatDecimal, type Money, money, parseDecimal } from '#kit/money.ts';

/** Exact: no amount there can be has more digits than a JSON number carries. */
export function writeAmount(minor: bigint, currency: Currency): number {
  return Number(formatDecimal(money(minor, currency)));
}

/** Decimals: a number in a body, plain text in an address. */
export function readAmount(property: string, value: number | string, currency: Currency): Money {
  const amount = parseDecimal(String(value), currency);
  if (typeof amount !== 'string') return amount;
  const problem = amount === 'not positive' || amount === 'too large' ? 'out_of_range' : 'invalid_type';
  throw invalid(property, problem, `${property} is ${amount}.`);
}

/** The same, where nothing at all may be asked for: zero minor units. */
export function readOptionalAmount(
  property: string,
  value: number | string | null | undefined,
  currency: Currency,
): bigint {
  if (value === undefined || value === null || /^0+(\.0+)?$/.test(String(value))) return 0n;
  return readAmount(property, value, currency).minor;
}

export function readCurrency(property: string, code: string): Currency {
  const found = findCurrency(code.toUpperCase());
  if (found === undefined) throw invalid(property, 'invalid_enum', `${property} is not an ISO 4217 code.`);
  return found;
}
