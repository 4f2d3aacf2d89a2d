/** Whether a row keeps the bar of its contestant. */
import type { Bar, Contestant } from './contestant.ts';
import type { Row } from './print-table.ts';

/** The width that the bars are set for. */
export const barConnections = 64;

/**
 * Undefined where there is no bar, where the row is of another width, or where its ceiling was not measured. With two
 * ceilings it is the lower one that counts, so that it is enough to come near enough to either.
 */
export function keepsBar(
  bar: Bar | undefined,
  { connections, ratio, also, p99Ms }: Pick<Row, 'connections' | 'ratio' | 'also' | 'p99Ms'>,
): boolean | undefined {
  if (bar === undefined || ratio === undefined || connections !== barConnections) return undefined;
  const isNear = ratio >= bar.atLeast || (also !== undefined && also[1] >= (bar.orAlsoAtLeast ?? Infinity));
  return isNear && (bar.p99Ms === undefined || (p99Ms ?? Number.NaN) <= bar.p99Ms);
}

/** The bar in words: `≥ 0.40, p99 ≤ 40 ms`. */
export function writeBar({ bar, alsoAgainst }: Pick<Contestant, 'bar' | 'alsoAgainst'>): string {
  if (bar === undefined) return '';
  const or = bar.orAlsoAtLeast === undefined ? '' : ` or ${bar.orAlsoAtLeast.toFixed(2)} of ${alsoAgainst}`;
  const within = bar.p99Ms === undefined ? '' : `, p99 ≤ ${bar.p99Ms} ms`;
  return `≥ ${bar.atLeast.toFixed(2)}${or}${within}`;
}
