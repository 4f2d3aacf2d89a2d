/**
 * `npm run bench:peers`: the product against other people's, on one machine, one cluster and in one run. The ratios are
 * what counts. See docs/performance.md.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { concludeAudit } from './audit-books.ts';
import type { Bench, Contestant } from './contestant.ts';
import { installMedusa } from './peers/install-medusa.ts';
import { medusa } from './peers/medusa.ts';
import { pgledger } from './peers/pgledger.ts';
import { printRows, verdict } from './print-rows.ts';
import type { Row } from './print-table.ts';
import { enter, findContestants, measureAll } from './rounds.ts';
import { startBench } from './start-bench.ts';

/** What of ours is measured against what of theirs, and how many times as fast it has to be. */
const matches = [
  { ours: 'payment link', theirs: 'Medusa: create', atLeast: 20 },
  { ours: 'claim with its token', theirs: 'Medusa: create', atLeast: 20 },
  { ours: 'create, authorise, capture', theirs: 'Medusa: create, authorise, capture', atLeast: 40 },
  { ours: 'ledger, 10 accounts', theirs: 'pgledger, 10 accounts', atLeast: 4 },
  { ours: 'ledger, 50 accounts', theirs: 'pgledger, 50 accounts', atLeast: 3 },
] as const;

/** Every figure is the median of an odd number of rounds. */
const rounds = 3;

interface PeerOptions {
  readonly connections: number;
  readonly seconds: number;
  /** Folders in which a peer is already; without it is fetched. */
  readonly medusa: string | undefined;
  readonly pgledger: string | undefined;
  readonly json: string | undefined;
}

async function main(): Promise<void> {
  const options = readPeerOptions(process.argv.slice(2));
  const { bench, audit, stop } = await startBench({ store: 'postgresql', processes: 1 });
  try {
    const entrants = await enter(bench, [...(await findPeers(bench, options)), ...(await findOurs())]);
    const rows = await measureAll(entrants, options, { rounds, databaseUrl: bench.databaseUrl });
    printMatches(options, rows);
    if (options.json !== undefined)
      await writeFile(options.json, `${JSON.stringify({ options, matches, rows }, null, 2)}\n`);
    process.exitCode = concludeAudit(await audit());
  } finally {
    await stop();
  }
}

function readPeerOptions(parameters: readonly string[]): PeerOptions {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      connections: { type: 'string', default: '64' },
      seconds: { type: 'string', default: '6' },
      medusa: { type: 'string' },
      pgledger: { type: 'string' },
      json: { type: 'string' },
    },
  });
  return {
    connections: Number(values.connections),
    seconds: Number(values.seconds),
    medusa: values.medusa,
    pgledger: values.pgledger,
    json: values.json,
  };
}

async function findPeers(bench: Bench, options: PeerOptions): Promise<Contestant[]> {
  const ledger = await pgledger(bench, options.pgledger, await makeDatabase(bench, 'pgledger'));
  const folder = options.medusa ?? (await installMedusa(bench));
  return [...ledger, ...(await medusa(bench, folder, await makeDatabase(bench, 'medusa')))];
}

/** Our rows as they stand in `npm run bench`, with the peer in the ceiling's place. */
async function findOurs(): Promise<Contestant[]> {
  const contestants = await findContestants();
  return matches.map(({ ours, theirs, atLeast }) => {
    const found = contestants.find(({ name }) => name === ours);
    if (found === undefined) throw new Error(`no contestant is called ${ours}`);
    const { alsoAgainst: _none, ...contestant } = found;
    return { ...contestant, against: theirs, bar: { atLeast } };
  });
}

/** A database beside the product's: the same server, and the same durability. */
async function makeDatabase({ databaseUrl }: Bench, name: string): Promise<string> {
  const url = new URL(databaseUrl ?? '');
  const client = new pg.Client(url.href);
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  url.pathname = `/${name}`;
  return url.href;
}

function printMatches({ connections, seconds }: PeerOptions, rows: readonly Row[]): void {
  const find = (name: string) => rows.find((row) => row.name === name);
  printRows(
    `${connections} connections; medians of ${rounds} alternating rounds of ${seconds} s; ratios to the peer of the same round`,
    matches.map(({ ours, theirs, atLeast }) => {
      const [mine, peer] = [find(ours), find(theirs)];
      return {
        what: ours,
        'per second': Math.round(mine?.perSecond ?? Number.NaN),
        against: theirs,
        'theirs per second': peer?.perSecond.toFixed(1) ?? '',
        'their spread': peer?.spread.map((rate) => rate.toFixed(1)).join('–') ?? '',
        ratio: mine?.ratio?.toFixed(1) ?? '',
        bar: `≥ ${atLeast}`,
        kept: verdict(mine?.isMet),
      };
    }),
  );
}

await main();
