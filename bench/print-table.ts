import { keepsBar, writeBar } from './bars.ts';
import type { Contestant, Measured } from './contestant.ts';
import type { Rebill } from './measure-rebills.ts';
import type { Options } from './options.ts';
import { printRows, verdict } from './print-rows.ts';
import { median, medianOf, ratiosByRound } from './ratio.ts';

export interface Row {
  readonly name: string;
  /** What the rate counts. */
  readonly counts: string;
  readonly connections: number;
  readonly perSecond: number;
  /** Lowest and highest round. */
  readonly spread: readonly [number, number];
  /** The ceiling it is held against; undefined for a ceiling, and so is the ratio. */
  readonly against: string | undefined;
  /** To the ceiling of its own round. */
  readonly ratio: number | undefined;
  /** The same, to a second ceiling: its name and the ratio. */
  readonly also: readonly [ceiling: string, ratio: number] | undefined;
  readonly p50Ms: number | undefined;
  readonly p99Ms: number | undefined;
  /** In words; empty where there is none. */
  readonly bar: string;
  /** Undefined where there is no bar for this row. */
  readonly isMet: boolean | undefined;
}

/** One contestant's rounds, and those of its ceilings. */
export function toRow(
  contestant: Contestant,
  connections: number,
  rounds: {
    measured: readonly Measured[];
    ceiling: readonly Measured[];
    secondCeiling: readonly Measured[];
  },
): Row {
  const { name, against, alsoAgainst } = contestant;
  const rates = rounds.measured.map(({ perSecond }) => perSecond);
  const second = medianOf(ratiosByRound(rounds.measured, rounds.secondCeiling));
  const known = (values: readonly (number | undefined)[]) => values.filter((value) => value !== undefined);
  const figures = {
    connections,
    ratio: medianOf(ratiosByRound(rounds.measured, rounds.ceiling)),
    also: alsoAgainst === undefined || second === undefined ? undefined : ([alsoAgainst, second] as const),
    p50Ms: medianOf(known(rounds.measured.map(({ p50Ms }) => p50Ms))),
    p99Ms: medianOf(known(rounds.measured.map(({ p99Ms }) => p99Ms))),
  };
  return {
    name,
    counts: contestant.counts ?? 'requests',
    perSecond: median(rates),
    spread: [Math.min(...rates), Math.max(...rates)],
    against,
    ...figures,
    bar: writeBar(contestant),
    isMet: keepsBar(contestant.bar, figures),
  };
}

export function printTable({ store, processes, rounds, seconds }: Options, rows: readonly Row[]): void {
  printRows(
    `${store}, ${processes} process${processes === 1 ? '' : 'es'}; medians of ${rounds} alternating rounds of ${seconds} s; ` +
      'ratios to the ceiling of the same round; bars are for 64 connections on PostgreSQL',
    rows.map((row) => ({
      what: row.name,
      connections: row.connections,
      'per second': Math.round(row.perSecond),
      of: row.counts,
      spread: row.spread.map(Math.round).join('–'),
      ratio: row.ratio?.toFixed(3) ?? '',
      to: row.ratio === undefined ? '' : (row.against ?? ''),
      also: row.also === undefined ? '' : `${row.also[1].toFixed(3)} of ${row.also[0]}`,
      'p50 ms': row.p50Ms?.toFixed(1) ?? '',
      'p99 ms': row.p99Ms?.toFixed(1) ?? '',
      bar: row.bar,
      kept: verdict(row.isMet),
    })),
  );
}

/** How fast plans that fall due together are charged, and what it takes; each ratio is to the first row. */
export function printRebills(rebills: readonly Rebill[]): void {
  const [first] = rebills;
  const ratio = (of: (one: Rebill) => number, one: Rebill) =>
    first === undefined ? '' : (of(one) / of(first)).toFixed(2);
  printRows(
    'plans that fall due at one instant; ratios to the first row',
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
