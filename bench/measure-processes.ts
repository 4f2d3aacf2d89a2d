/** Several processes of the product on one database against one process on another, in turn. */
import { alternate, type Beside, type Side } from './alternate.ts';
import type { Contestant, Effort } from './contestant.ts';
import type { Options } from './options.ts';
import { enter } from './rounds.ts';
import { startBench } from './start-bench.ts';

/** `one` is the single process, `other` are the several. */
export interface Processes {
  readonly processes: number;
  readonly besides: readonly Beside[];
  /** Invariants of the single process's books that do not hold. */
  readonly red: readonly string[];
}

/** What the product does for each of the contestants, which are prepared for several processes. Undefined for one process. */
export async function measureProcesses(
  { entrants, databaseUrl }: Side,
  { options, effort }: { options: Options; effort: Effort },
): Promise<Processes | undefined> {
  const chosen = entrants.filter(({ contestant }) => isServed(contestant));
  if (options.processes === 1 || chosen.length === 0) return undefined;
  const { bench, audit, stop } = await startBench({ store: 'postgresql', processes: 1 });
  try {
    const single = await enter(
      bench,
      chosen.map(({ contestant }) => contestant),
    );
    const besides = await alternate(
      { entrants: single, databaseUrl: bench.databaseUrl },
      { entrants: chosen, databaseUrl },
      { effort, rounds: options.rounds },
    );
    return { processes: options.processes, besides, red: await audit() };
  } finally {
    await stop();
  }
}

/** Ceilings are not the product's, and postings are made in this process. */
function isServed({ against, counts }: Contestant): boolean {
  return against !== undefined && counts !== 'postings';
}
