import { availableParallelism, cpus, totalmem } from 'node:os';
import { openDatabase } from '../src/db/open-database.ts';
import type { Bench } from './contestant.ts';

/** What a run was made on: no figure says anything without it. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGb: number;
  readonly node: string;
  /** Undefined on the embedded store. */
  readonly postgresql: string | undefined;
}

export async function describeMachine({ databaseUrl }: Pick<Bench, 'databaseUrl'>): Promise<Machine> {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    node: process.versions.node,
    postgresql: databaseUrl === undefined ? undefined : await readVersion(databaseUrl),
  };
}

export function printMachine({ cores, processor, memoryGb, node, postgresql }: Machine): void {
  const store = postgresql === undefined ? 'the embedded store' : `PostgreSQL ${postgresql}`;
  console.log(`${cores} cores (${processor}), ${memoryGb} GB, Node ${node}, ${store}`);
}

async function readVersion(url: string): Promise<string | undefined> {
  const database = await openDatabase({ url, limits: { connections: 1 } });
  const rows = await database.query<{ version: string }>(
    `select split_part(current_setting('server_version'), ' ', 1) as version`,
  );
  await database.close();
  return rows[0]?.version;
}
