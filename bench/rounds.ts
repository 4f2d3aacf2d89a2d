/** Who takes part in a run, and the turns they take. */
import { readdir } from 'node:fs/promises';
import type { Bench, Contestant, Effort, Measured, Round } from './contestant.ts';
import { type Row, toRow } from './print-table.ts';
import { refreshStatistics } from './refresh-statistics.ts';

const warmUpSeconds = 1;

export interface Entrant {
  readonly contestant: Contestant;
  readonly round: Round;
  readonly measured: Measured[];
}

/** Everything in `contestants/`, in the order of the files' names. */
export async function findContestants(): Promise<Contestant[]> {
  const files = (await readdir(new URL('./contestants/', import.meta.url))).sort();
  const modules = await Promise.all(
    files.map(async (file) => (await import(`./contestants/${file}`)) as { contestant: Contestant }),
  );
  return modules.map(({ contestant }) => contestant);
}

/** Bars are set for PostgreSQL: on the embedded store there is none. */
export async function enter(bench: Bench, contestants: readonly Contestant[]): Promise<Entrant[]> {
  const entrants: Entrant[] = [];
  for (const one of contestants) {
    const { bar, ...barless } = one;
    const contestant = bench.databaseUrl === undefined ? barless : one;
    const round = await contestant.prepare(bench);
    if (round === undefined) console.log(`not measured here: ${contestant.name} (${contestant.about})`);
    else entrants.push({ contestant, round, measured: [] });
  }
  return entrants;
}

/** Everybody once a round, so that a slow moment of the machine hits a ceiling and what is measured against it alike. */
export async function measureAll(
  entrants: readonly Entrant[],
  effort: Effort,
  { rounds, databaseUrl }: { readonly rounds: number } & Pick<Bench, 'databaseUrl'>,
): Promise<Row[]> {
  for (const { round, measured } of entrants) {
    measured.length = 0;
    await round({ ...effort, seconds: warmUpSeconds });
  }
  await refreshStatistics(databaseUrl);
  for (let number = 0; number < rounds; number += 1)
    for (const { round, measured } of entrants) measured.push(await round(effort));
  const roundsOf = (name: string | undefined) =>
    entrants.find((one) => one.contestant.name === name)?.measured ?? [];
  return entrants.map(({ contestant, measured }) =>
    toRow(contestant, effort.connections, {
      measured,
      ceiling: roundsOf(contestant.against),
      secondCeiling: roundsOf(contestant.alsoAgainst),
    }),
  );
}
