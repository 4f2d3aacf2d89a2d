import type { Contestant, Measured } from './contestant.ts';
import type { Rebill } from './measure-rebills.ts';
import type { Options } from './options.ts';

export interface Row {
  readonly name: string;
  readonly connections: number;
  readonly perSecond: number;
  /** Lowest and highest round. */
  readonly spread: readonly [number, number];
  /** To the ceiling of its own round; undefined for a ceiling. */
  readonly ratio: number | undefined;
  /** The same, to a second ceiling: its name and the ratio. */
  readonly also: readonly [ceiling: string, ratio: number] | undefined;
  readonly p50Ms: number | undefined;
  readonly p99Ms: number | undefined;
}

/** One contestant's rounds, and those of its ceilings. */
export function toRow(
  { name, alsoAgainst }: Contestant,
  connections: number,
  rounds: {
    measured: readonly Measured[];
    ceiling: readonly Measured[];
    secondCeiling: readonly Measured[];
  },
): Row {
  const rates = rounds.measured.map(({ perSecond }) => perSecond);
  const ratioTo = (ceiling: readonly Measured[]) =>
    medianOf(ceiling.map(({ perSecond }, round) => (rates[round] ?? Number.NaN) / perSecond));
  const second = ratioTo(rounds.secondCeiling);
  const known = (values: readonly (number | undefined)[]) => values.filter((value) => value !== undefined);
  return {
    name,
    connections,
    perSecond: median(rates),
    spread: [Math.min(...rates), Math.max(...rates)],
    ratio: ratioTo(rounds.ceiling),
    also: alsoAgainst === undefined || second === undefined ? undefined : [alsoAgainst, second],
    p50Ms: medianOf(known(rounds.measured.map(({ p50Ms }) => p50Ms))),
    p99Ms: medianOf(known(rounds.measured.map(({ p99Ms }) => p99Ms))),
  };
}

export function printTable({ store, processes, rounds, seconds }: Options, rows: readonly Row[]): void {
  console.log(
    `${store}, ${processes} process${processes === 1 ? '' : 'es'}; medians of ${rounds} alternating rounds of ${seconds} s; ` +
      'ratios to the ceiling of the same round',
  );
  console.table(
    rows.map((row) => ({
      what: row.name,
      c: row.connections,
      'per second': Math.round(row.perSecond),
      spread: row.spread.map(Math.round).join('–'),
      ratio: row.ratio?.toFixed(3) ?? '',
      also: row.also === undefined ? '' : `${row.also[1].toFixed(3)} of ${row.also[0]}`,
      'p50 ms': row.p50Ms?.toFixed(1) ?? '',
      'p99 ms': row.p99Ms?.toFixed(1) ?? '',
    })),
  );
}

/** How fast plans that fall due together are charged, and what it takes; each ratio is to the first row. */
export function printRebills(rebills: readonly Rebill[]): void {
  const [first] = rebills;
  const ratio = (of: (one: Rebill) => number, one: Rebill) =>
    first === undefined ? '' : (of(one) / of(first)).toFixed(2);
  console.log('plans that fall due at one instant; ratios to the first row');
  console.table(
    rebills.map((one) => ({
      due: one.due,
      'charges per second': Math.round(one.perSecond),
      ratio: ratio(({ perSecond }) => perSecond, one),
      'cpu ms per charge': one.cpuMs.toFixed(2),
      'peak memory MB': Math.round(one.peakMemoryMb),
      'memory ratio': ratio(({ peakMemoryMb }) => peakMemoryMb, one),
    })),
  );
}

function medianOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : median(values);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
