import { type Currency, exponentOf } from './currency.ts';

/** An amount of money: whole minor units (öre, cents) and the currency they are of. */
export interface Money {
  readonly minor: bigint;
  readonly currency: Currency;
}

/** The largest amount accepted anywhere: 10¹² minor units. Below 2⁵³, so no JSON number loses a unit on the way. */
export const maxMinor = 1_000_000_000_000n;

export function money(minor: bigint, currency: Currency): Money {
  return { minor, currency };
}

export function sameMoney(a: Money, b: Money): boolean {
  return a.minor === b.minor && a.currency === b.currency;
}

/** Minor units as a JSON number: exact for every amount there can be. A larger one is a bug and throws. */
export function minorToJson(minor: bigint): number {
  const value = Number(minor);
  if (!Number.isSafeInteger(value)) throw new Error(`${minor} minor units do not fit a JSON number`);
  return value;
}

/** Why an amount was refused, in words a façade can put in its own error. */
export type AmountProblem = 'not a number' | 'too many decimals' | 'not positive' | 'too large';

/**
 * Reads a JSON number that stands for whole minor units. A fraction, an exponent form beyond the cap, zero and
 * negatives are refused, never rounded.
 */
export function parseMinor(value: number): bigint | AmountProblem {
  if (!Number.isInteger(value)) return Number.isFinite(value) ? 'too many decimals' : 'not a number';
  if (value <= 0) return 'not positive';
  if (value > Number(maxMinor)) return 'too large';
  return BigInt(value);
}

const decimalPattern = /^(\d{1,13})(?:\.(\d+))?$/;

/**
 * Reads plain decimal text (`"12.30"`) exactly. Exponents, signs, spaces and more decimals than the currency has are
 * refused.
 */
export function parseDecimal(text: string, currency: Currency): Money | AmountProblem {
  const match = decimalPattern.exec(text);
  if (match === null) return 'not a number';
  const exponent = exponentOf(currency);
  const fraction = match[2] ?? '';
  if (fraction.length > exponent) return 'too many decimals';
  const minor = BigInt((match[1] ?? '') + fraction.padEnd(exponent, '0'));
  if (minor <= 0n) return 'not positive';
  if (minor > maxMinor) return 'too large';
  return { minor, currency };
}

/** Writes an amount as plain decimal text with exactly the currency's decimals: `12.30`, `1200` for JPY. */
export function formatDecimal(amount: Money): string {
  const exponent = exponentOf(amount.currency);
  const negative = amount.minor < 0n;
  const digits = (negative ? -amount.minor : amount.minor).toString().padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const text = exponent === 0 ? whole : `${whole}.${digits.slice(-exponent)}`;
  return negative ? `-${text}` : text;
}
