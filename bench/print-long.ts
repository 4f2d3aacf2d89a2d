/** The tables of what takes long: see `--full` in docs/performance.md. */
import type { Beside } from './alternate.ts';
import type { Measured } from './contestant.ts';
import type { Memory } from './measure-memory.ts';
import type { Pages } from './measure-pages.ts';
import type { Processes } from './measure-processes.ts';
import type { StoredFigures } from './measure-stored.ts';
import { printRows, verdict } from './print-rows.ts';
import { median, ratiosByRound } from './ratio.ts';

/** The last page may take this many times as long as the first, by p99. */
const barOfPages = 2;
/** With the payments stored, at least this part of the rate without. */
const barOfStored = 0.85;
/** Several processes, at least this part of the rate of one. */
const barOfProcesses = 1;
const barOfMemoryMb = 220;

/** Later looks against earlier ones, above which memory grows rather than wavers. */
const flat = 1.1;

const p99Of = ({ p99Ms = Number.NaN }: Measured) => p99Ms;

export function printPages({ rows, first, deep }: Pages): void {
  const ratio = median(ratiosByRound(deep, first, p99Of));
  printRows(
    `a list of ${rows} rows: its last page against its first; bar: p99 within ${barOfPages} ×`,
    [first, deep].map((rounds, index) => ({
      page: index === 0 ? 'first' : 'last',
      'per second': Math.round(median(rounds.map(({ perSecond }) => perSecond))),
      'p50 ms': median(rounds.map(({ p50Ms = Number.NaN }) => p50Ms)).toFixed(1),
      'p99 ms': median(rounds.map(p99Of)).toFixed(1),
      'ratio of p99': index === 0 ? '' : ratio.toFixed(2),
      bar: index === 0 ? '' : verdict(ratio <= barOfPages),
    })),
  );
}

export function printStored({ payments, besides }: StoredFigures): void {
  printRows(
    `${payments} payments stored against an empty database, in turn; bar: ≥ ${barOfStored}`,
    besides.map((beside) => besideRow(beside, ['empty', 'full'], barOfStored)),
  );
}

export function printProcesses({ processes, besides }: Processes): void {
  printRows(
    `${processes} processes on one database against one process on another, in turn; bar: ≥ ${barOfProcesses.toFixed(1)}`,
    besides.map((beside) => besideRow(beside, ['one', String(processes)], barOfProcesses)),
  );
}

/** The rates of both, and the other's to the one's of the same round. */
function besideRow({ name, one, other }: Beside, [nameOfOne, nameOfOther]: [string, string], bar: number) {
  const ratios = ratiosByRound(other, one);
  const ratio = median(ratios);
  return {
    what: name,
    [`per second, ${nameOfOne}`]: Math.round(median(one.map(({ perSecond }) => perSecond))),
    [`per second, ${nameOfOther}`]: Math.round(median(other.map(({ perSecond }) => perSecond))),
    ratio: ratio.toFixed(3),
    spread: [Math.min(...ratios), Math.max(...ratios)].map((one) => one.toFixed(2)).join('–'),
    bar: verdict(ratio >= bar),
  };
}

export function printMemory({ minutes, looksMb }: Memory): void {
  const third = Math.ceil(looksMb.length / 3);
  const [early, late] = [median(looksMb.slice(third, -third)), median(looksMb.slice(-third))];
  const peak = Math.max(...looksMb);
  printRows(`resident memory in ${minutes} minutes of load; bar: ≤ ${barOfMemoryMb} MB, and flat`, [
    {
      looks: looksMb.length,
      'second third MB': Math.round(early),
      'last third MB': Math.round(late),
      'peak MB': Math.round(peak),
      growth: (late / early).toFixed(2),
      bar: verdict(peak <= barOfMemoryMb && late / early <= flat),
    },
  ]);
}
