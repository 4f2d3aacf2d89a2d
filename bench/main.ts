/**
 * `npm run bench`: the product against its ceilings, in one run on one machine. Figures of different runs or machines do
 * not compare; ratios do. See docs/performance.md.
 */
import { readdir, writeFile } from 'node:fs/promises';
import type { Bench, Contestant, Effort, Measured, Round } from './contestant.ts';
import { measureRebills } from './measure-rebills.ts';
import { type Options, readOptions } from './options.ts';
import { printRebills, printTable, type Row, toRow } from './print-table.ts';
import { startBench } from './start-bench.ts';

const warmUpSeconds = 1;

interface Entrant {
  readonly contestant: Contestant;
  readonly round: Round;
  readonly measured: Measured[];
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const { bench, audit, stop } = await startBench(options);
  try {
    const chosen = (await findContestants()).filter(({ name }) => isChosen(options, name));
    const entrants = await enter(bench, chosen);
    const rows: Row[] = [];
    for (const connections of options.connections)
      rows.push(...(await measureAll(entrants, { connections, seconds: options.seconds }, options.rounds)));
    printTable(options, rows);
    const rebills = await measureRebills(bench, options.due);
    if (rebills !== undefined) printRebills(rebills);
    if (options.json !== undefined)
      await writeFile(options.json, `${JSON.stringify({ options, rows, rebills }, null, 2)}\n`);
    const red = await audit();
    console.log(red.length === 0 ? 'the audit of the books is green' : `AUDIT RED: ${red.join(', ')}`);
    process.exitCode = red.length === 0 ? 0 : 1;
  } finally {
    await stop();
  }
}

/** A chosen contestant brings its ceiling: without it there is no ratio. */
function isChosen({ only }: Options, name: string): boolean {
  return only.length === 0 || name.startsWith('ceiling') || only.some((part) => name.includes(part));
}

async function findContestants(): Promise<Contestant[]> {
  const files = (await readdir(new URL('./contestants/', import.meta.url))).sort();
  const modules = await Promise.all(
    files.map(async (file) => (await import(`./contestants/${file}`)) as { contestant: Contestant }),
  );
  return modules.map(({ contestant }) => contestant);
}

async function enter(bench: Bench, contestants: readonly Contestant[]): Promise<Entrant[]> {
  const entrants: Entrant[] = [];
  for (const contestant of contestants) {
    const round = await contestant.prepare(bench);
    if (round === undefined) console.log(`not measured here: ${contestant.name} (${contestant.about})`);
    else entrants.push({ contestant, round, measured: [] });
  }
  return entrants;
}

/** Everybody once a round, so that a slow moment of the machine hits a ceiling and what is measured against it alike. */
async function measureAll(entrants: readonly Entrant[], effort: Effort, rounds: number): Promise<Row[]> {
  for (const { round, measured } of entrants) {
    measured.length = 0;
    await round({ ...effort, seconds: warmUpSeconds });
  }
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

await main();
