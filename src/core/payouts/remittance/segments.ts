/** The grammar of X12: elements, segments, amounts, dates. */
import { currency } from '#kit/currency.ts';
import { formatDecimal, money } from '#kit/money.ts';

/** A segment's name and its elements; what is undefined is left empty, and nothing empty stands at the end. */
export type Segment = readonly [string, ...(string | undefined)[]];

export const terminator = '~';

export function writeSegments(segments: readonly Segment[]): string {
  return segments.map((segment) => writeSegment(segment) + terminator).join('');
}

function writeSegment(segment: Segment): string {
  return segment
    .map((element) => element ?? '')
    .join('*')
    .replace(/\*+$/, '');
}

const usd = currency('USD');

/** Cents as dollars without trailing zeros: `100`, `152.37`, `0.5`. */
export function writeAmount(cents: bigint): string {
  return formatDecimal(money(cents, usd)).replace(/\.?0+$/, '');
}

/** `CCYYMMDD` of `YYYY-MM-DD`. */
export function writeDate(date: string): string {
  return date.replaceAll('-', '');
}
