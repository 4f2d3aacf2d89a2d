/** The product's memory while it works for minutes: what is lost in every thousandth request shows only so. */
import type { Bench, Effort } from './contestant.ts';
import { readUse } from './read-use.ts';
import type { Entrant } from './rounds.ts';

export interface Memory {
  readonly minutes: number;
  /** Of the largest process, one look after each turn, oldest first. */
  readonly looksMb: readonly number[];
}

/** Each contestant's turn: long enough to fill what grows with use, short enough that all come round in a minute. */
const turnSeconds = 5;

/** Everybody in turn until the minutes are over; what is no work of the product's stays out. */
export async function measureMemory(
  bench: Bench,
  entrants: readonly Entrant[],
  { minutes, connections }: Pick<Effort, 'connections'> & { minutes: number },
): Promise<Memory | undefined> {
  const working = entrants.filter(({ contestant, round }) => contestant.against && round.load !== undefined);
  if (minutes === 0 || working.length === 0) return undefined;
  const looksMb: number[] = [];
  const untilMs = performance.now() + minutes * 60_000;
  for (let turn = 0; performance.now() < untilMs; turn += 1) {
    await working[turn % working.length]?.round({ connections, seconds: turnSeconds });
    looksMb.push((await readUse(bench)).memoryMb);
  }
  return { minutes, looksMb };
}
