import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bench, Round } from './contestant.ts';

const run = promisify(execFile);

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
    const clients = ['-c', `${connections}`, '-j', `${Math.min(connections, 2)}`, '-T', `${seconds}`];
    const { stdout } = await run(program, ['-n', '-M', 'prepared', ...clients, '-f', file, url]);
    const [, perSecond] = /^tps = ([\d.]+)/m.exec(stdout) ?? [];
    const [, averageMs] = /^latency average = ([\d.]+) ms/m.exec(stdout) ?? [];
    return { perSecond: Number(perSecond), p50Ms: Number(averageMs) };
  };
}

function findProgram(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(root, version, 'bin', 'pgbench')).find((path) => existsSync(path));
}
