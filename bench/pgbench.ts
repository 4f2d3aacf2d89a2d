import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bench, Round } from './contestant.ts';
import { percentile } from './load.ts';

const run = promisify(execFile);

/**
 * Its time begins before its connections do. On a busy machine they can take all of a short round, and then there is no
 * rate: it gets a longer one.
 */
const mostSpareSeconds = 5;

/** What making an order writes: its row, and the event of it. */
export const orderStatements = (tenantId: string): readonly [order: string, event: string] => [
  `insert into orders (tenant_id, id, currency, status, created_at)
   values ('${tenantId}', gen_random_uuid(), 'SEK', 'open', now()) returning id`,
  `insert into events (tenant_id, id, type, subject_kind, subject_id, subject_version, data, created_at)
   values ('${tenantId}', gen_random_uuid(), 'order.created', 'order', gen_random_uuid(), 1, '{}', now())`,
];

/** PostgreSQL's own load generator with a script of SQL on the product's database. Undefined where it is not installed. */
export async function pgbench(bench: Bench, script: string): Promise<Round | undefined> {
  const program = findProgram();
  if (program === undefined || bench.databaseUrl === undefined) return undefined;
  const directory = await mkdtemp(join(tmpdir(), 'quittance-pgbench-'));
  bench.onEnd(() => rm(directory, { recursive: true, force: true }));
  const file = join(directory, 'script.sql');
  await writeFile(file, script);
  const url = bench.databaseUrl;
  return async ({ connections, seconds }) => {
    const clients = ['-c', `${connections}`, '-j', `${Math.min(connections, 2)}`];
    for (let allowed = seconds; allowed <= seconds + mostSpareSeconds; allowed += 1) {
      const log = join(directory, 'took');
      const logging = ['-l', `--log-prefix=${log}`, '--sampling-rate=0.1'];
      const parameters = [
        '-n',
        '-M',
        'prepared',
        ...clients,
        '-T',
        `${allowed}`,
        ...logging,
        '-f',
        file,
        url,
      ];
      const { stdout } = await run(program, parameters);
      const perSecond = Number(/^tps = ([\d.]+) /m.exec(stdout)?.[1]);
      const tookMs = await readLatencies(directory);
      if (perSecond > 0 && tookMs.length > 0)
        return { perSecond, p50Ms: percentile(tookMs, 0.5), p99Ms: percentile(tookMs, 0.99) };
    }
    throw new Error(`pgbench did nothing in ${seconds + mostSpareSeconds} seconds`);
  };
}

/** Reads what was logged, and takes it away for the next round. Sorted; the third field is microseconds. */
async function readLatencies(directory: string): Promise<number[]> {
  const logs = (await readdir(directory)).filter((name) => name.startsWith('took'));
  const texts = await Promise.all(logs.map((name) => readFile(join(directory, name), 'utf8')));
  await Promise.all(logs.map((name) => rm(join(directory, name))));
  const lines = texts.flatMap((text) => text.split('\n').filter((line) => line !== ''));
  return lines.map((line) => Number(line.split(' ')[2]) / 1_000).sort((a, b) => a - b);
}

function findProgram(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(root, version, 'bin', 'pgbench')).find((path) => existsSync(path));
}
