/** Two products of the same source side by side, in turn. */
import type { Effort, Measured, Round } from './contestant.ts';
import { refreshStatistics } from './refresh-statistics.ts';
import type { Entrant } from './rounds.ts';

/** The rounds of one contestant at either product. */
export interface Beside {
  readonly name: string;
  readonly one: readonly Measured[];
  readonly other: readonly Measured[];
}

const warmUpSeconds = 2;

/** One of the two, and the database it has. */
export interface Side {
  readonly entrants: readonly Entrant[];
  readonly databaseUrl: string | undefined;
}

/**
 * The same contestants at both, in the same order. Both databases know their tables before the first round: PostgreSQL's
 * plans for tables that were empty a minute ago would say more of their age than of what is measured.
 */
export async function alternate(
  one: Side,
  other: Side,
  { effort, rounds }: { effort: Effort; rounds: number },
): Promise<Beside[]> {
  for (const { entrants, databaseUrl } of [one, other]) {
    for (const { round } of entrants) await round({ ...effort, seconds: warmUpSeconds });
    await refreshStatistics(databaseUrl);
  }
  const besides: Beside[] = [];
  for (const [index, { contestant, round }] of one.entrants.entries()) {
    const beside = other.entrants[index];
    if (beside?.contestant.name !== contestant.name)
      throw new Error(`${contestant.name} is not measured at both`);
    besides.push({ name: contestant.name, ...(await takeTurns(round, beside.round, { effort, rounds })) });
  }
  return besides;
}

/** Two in turn, each warm before the first. Who is first in a round is last in the next. */
export async function takeTurns(
  one: Round,
  other: Round,
  { effort, rounds }: { effort: Effort; rounds: number },
): Promise<Omit<Beside, 'name'>> {
  const figures = { one: [] as Measured[], other: [] as Measured[] };
  const turns = [
    { round: one, measured: figures.one },
    { round: other, measured: figures.other },
  ];
  for (const { round } of turns) await round({ ...effort, seconds: warmUpSeconds });
  for (let number = 0; number < rounds; number += 1)
    for (const { round, measured } of number % 2 === 0 ? turns : turns.toReversed())
      measured.push(await round(effort));
  return figures;
}
