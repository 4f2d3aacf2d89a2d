/** Two products of the same source side by side, in turn. */
import type { Effort, Measured } from './contestant.ts';
import type { Entrant } from './rounds.ts';

/** The rounds of one contestant at either product. */
export interface Beside {
  readonly name: string;
  readonly one: readonly Measured[];
  readonly other: readonly Measured[];
}

const warmUpSeconds = 2;

/** The same contestants at both, in the same order. Who is first in a round is last in the next. */
export async function alternate(
  ones: readonly Entrant[],
  others: readonly Entrant[],
  { effort, rounds }: { effort: Effort; rounds: number },
): Promise<Beside[]> {
  const besides: Beside[] = [];
  for (const [index, { contestant, round }] of ones.entries()) {
    const other = others[index];
    if (other?.contestant.name !== contestant.name)
      throw new Error(`${contestant.name} is not measured at both`);
    const beside = { name: contestant.name, one: [] as Measured[], other: [] as Measured[] };
    const turns = [
      { round, figures: beside.one },
      { round: other.round, figures: beside.other },
    ];
    for (const turn of turns) await turn.round({ ...effort, seconds: warmUpSeconds });
    for (let number = 0; number < rounds; number += 1)
      for (const turn of number % 2 === 0 ? turns : turns.toReversed())
        turn.figures.push(await turn.round(effort));
    besides.push(beside);
  }
  return besides;
}
