/**
 * `npm run bench`: the product against its ceilings, in one run on one machine. Figures of different runs or machines do
 * not compare; ratios do. See docs/performance.md.
 */
import { writeFile } from 'node:fs/promises';
import { concludeAudit } from './audit-books.ts';
import { barConnections } from './bars.ts';
import type { Bench, Contestant } from './contestant.ts';
import { describeMachine, printMachine } from './machine.ts';
import { measureMemory } from './measure-memory.ts';
import { measureOwnTime, printOwnTime } from './measure-own-time.ts';
import { measurePages } from './measure-pages.ts';
import { measureProcesses } from './measure-processes.ts';
import { measureRebills } from './measure-rebills.ts';
import { measureStored } from './measure-stored.ts';
import { type Options, readOptions } from './options.ts';
import { printMemory, printPages, printProcesses, printStored } from './print-long.ts';
import { printRebills, printTable, type Row } from './print-table.ts';
import { type Entrant, enter, findContestants, measureAll } from './rounds.ts';
import { startBench } from './start-bench.ts';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const { bench, audit, stop } = await startBench(options);
  try {
    const machine = await describeMachine(bench);
    printMachine(machine);
    const contestants = await findContestants();
    const entrants = await enter(
      bench,
      contestants.filter(({ name }) => isChosen(options, name)),
    );
    const rows: Row[] = [];
    const means = { rounds: options.rounds, databaseUrl: bench.databaseUrl };
    for (const connections of options.connections)
      rows.push(...(await measureAll(entrants, { connections, seconds: options.seconds }, means)));
    printTable(options, rows);
    const rebills = await measureRebills(bench, options.due);
    if (rebills !== undefined) printRebills(rebills);
    const { red, ...long } = await measureLong(options, { bench, contestants, entrants });
    if (options.json !== undefined)
      await writeFile(
        options.json,
        `${JSON.stringify({ machine, options, rows, rebills, ...long }, null, 2)}\n`,
      );
    process.exitCode = concludeAudit([...red, ...(await audit())]);
  } finally {
    await stop();
  }
}

/** What a bar is set for beside the rates; each only where it was asked for. `red` is of books that are gone by then. */
async function measureLong(
  options: Options,
  {
    bench,
    contestants,
    entrants,
  }: { bench: Bench; contestants: readonly Contestant[]; entrants: readonly Entrant[] },
) {
  const effort = { connections: barConnections, seconds: options.seconds };
  const ownTimes = options.ownSeconds === 0 ? [] : await measureOwnTime(entrants, options.ownSeconds);
  printOwnTime(ownTimes);
  const processes = await measureProcesses({ entrants, databaseUrl: bench.databaseUrl }, { options, effort });
  if (processes !== undefined) printProcesses(processes);
  const stored = await measureStored(bench, contestants, { options, effort, tell: printStored });
  const memory = await measureMemory(bench, entrants, { ...effort, minutes: options.minutes });
  if (memory !== undefined) printMemory(memory);
  // Last: nobody else is to meet that many rows.
  const pages = await measurePages(bench, options.pages, { effort, rounds: options.rounds });
  if (pages !== undefined) printPages(pages);
  const red = [...(processes?.red ?? []), ...(stored?.red ?? [])];
  return { ownTimes, processes, stored, memory, pages, red };
}

/** A chosen contestant brings its ceiling: without it there is no ratio. */
function isChosen({ only }: Options, name: string): boolean {
  return only.length === 0 || name.startsWith('ceiling') || only.some((part) => name.includes(part));
}

await main();
