/** What is compared is compared within one round: so a slow moment of the machine hits both sides. */
import type { Measured } from './contestant.ts';

/** The ratio of each round to the same round of another; of rates where nothing else is picked. */
export function ratiosByRound(
  rounds: readonly Measured[],
  others: readonly Measured[],
  pick: (one: Measured) => number = ({ perSecond }) => perSecond,
): number[] {
  return others.map((other, round) => {
    const one = rounds[round];
    return one === undefined ? Number.NaN : pick(one) / pick(other);
  });
}

/** The middle one of an odd number; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Undefined of none. */
export function medianOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : median(values);
}
