import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulators } from '../simulators/start.ts';
import { freePort } from '../test/support/free-port.ts';
import { startPostgres } from '../test/support/postgres-cluster.ts';
import { startServerProcess } from '../test/support/server-process.ts';
import { auditBooks } from './audit-books.ts';
import type { Bench, DemoTenant } from './contestant.ts';
import type { Options } from './options.ts';

export interface StartedBench {
  readonly bench: Bench;
  /** The invariants of the books that do not hold. */
  audit(): Promise<string[]>;
  stop(): Promise<void>;
}

/** Starts all there is to measure: a database of its own, durable as in production, the simulators, and the product. */
export async function startBench({
  store,
  processes,
}: Pick<Options, 'store' | 'processes'>): Promise<StartedBench> {
  const endings: (() => Promise<unknown> | unknown)[] = [];
  const stop = async () => {
    for (const end of endings.toReversed()) await end();
  };
  try {
    const directory = await mkdtemp(join(tmpdir(), 'quittance-bench-'));
    endings.push(() => rm(directory, { recursive: true, force: true }));
    const cluster = store === 'embedded' ? undefined : await startPostgres();
    endings.push(() => cluster?.stop());
    const simulators = await startSimulators({ port: 0, directory });
    endings.push(() => simulators.close());
    const urls: string[] = [];
    for (let number = 0; number < processes; number += 1) {
      const server = await startServerProcess({
        port: await freePort(),
        directory: join(directory, `node-${number}`),
        databaseUrl: cluster?.url,
        simulatorUrl: simulators.url,
      });
      endings.push(() => server.stop());
      urls.push(server.url);
    }
    const tenant = await readTenant(urls[0] ?? '');
    const onEnd: Bench['onEnd'] = (work) => void endings.push(work);
    const bench = { urls, simulatorUrl: simulators.url, databaseUrl: cluster?.url, tenant, onEnd };
    return { bench, audit: () => auditBooks(bench), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function readTenant(url: string): Promise<DemoTenant> {
  const { tenants } = (await (await fetch(`${url}/demo.json`)).json()) as { tenants: DemoTenant[] };
  const [first] = tenants;
  if (first === undefined) throw new Error('the demo has no tenant');
  return first;
}
