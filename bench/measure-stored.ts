/** The same requests to two products side by side: one whose database is empty, one with years of payments in it. */
import { alternate, type Beside } from './alternate.ts';
import type { Bench, Contestant, Effort } from './contestant.ts';
import { fillPayments } from './fill.ts';
import type { Options } from './options.ts';
import { enter } from './rounds.ts';
import { makePayment, pingAccess } from './shop.ts';
import { startBench } from './start-bench.ts';

/** `one` is the empty database, `other` the full one. */
export interface StoredFigures {
  readonly payments: number;
  readonly besides: readonly Beside[];
}

export interface Stored extends StoredFigures {
  /** Invariants of the full books that do not hold. */
  readonly red: readonly string[];
}

/** What writes most beside those rows. */
const measured = ['payment order', 'payment link', 'payment, start to end'];

/** `tell` is called with the figures before the audit of the full books. */
export async function measureStored(
  empty: Bench,
  contestants: readonly Contestant[],
  { options, effort, tell }: { options: Options; effort: Effort; tell: (stored: StoredFigures) => void },
): Promise<Stored | undefined> {
  if (empty.databaseUrl === undefined || options.stored === 0) return undefined;
  const { bench: full, audit, stop } = await startBench({ store: 'postgresql', processes: 1 });
  try {
    const id = await makePayment(pingAccess(full), 14_000, 'DECLINED');
    await fillPayments(full.databaseUrl ?? '', { id, rows: options.stored });
    const chosen = contestants.filter(({ name }) => measured.includes(name));
    const besides = await alternate(
      { entrants: await enter(empty, chosen), databaseUrl: empty.databaseUrl },
      { entrants: await enter(full, chosen), databaseUrl: full.databaseUrl },
      { effort, rounds: options.rounds },
    );
    const figures = { payments: options.stored, besides };
    // The audit of so many takes longer than all that was measured.
    tell(figures);
    return { ...figures, red: await audit() };
  } finally {
    await stop();
  }
}
