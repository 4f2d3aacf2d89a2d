/** The records of a NACHA file: 94 characters each, in the layout of the Operating Rules (facts D7). */
import { toBankText } from '#kit/bank-text.ts';

export const recordLength = 94;

/** Left-justified, blank-filled, upper-case ASCII; what is too long is cut. */
export function alpha(text: string, width: number): string {
  return toBankText(text).slice(0, width).padEnd(width);
}

/** As `alpha`, for what must stay as it is: account numbers, references. */
export function exact(text: string, width: number): string {
  return text.slice(0, width).padEnd(width);
}

/** Right-justified, zero-filled. A number that does not fit is a bug and throws. */
export function numeric(value: bigint | number | string, width: number): string {
  const text = String(value).padStart(width, '0');
  if (text.length > width || !/^\d+$/.test(text)) throw new Error(`${value} does not fit ${width} digits`);
  return text;
}

/** `YYMMDD` of `YYYY-MM-DD`. */
export function shortDate(date: string): string {
  return date.replaceAll('-', '').slice(2);
}

/** The last ten digits of the sum of the receiving banks' first eight. */
export function entryHash(routingNumbers: readonly string[]): string {
  const sum = routingNumbers.reduce((total, number) => total + BigInt(number.slice(0, 8)), 0n);
  return String(sum % 10_000_000_000n).padStart(10, '0');
}

/** A record as its fields, put together and measured. */
export function record(...fields: readonly string[]): string {
  const text = fields.join('');
  if (text.length !== recordLength) throw new Error(`a record of ${text.length} characters: ${text}`);
  return text;
}
