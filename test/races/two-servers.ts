/** Two servers on one PostgreSQL, and races between requests that reach both at once. */
import assert from 'node:assert/strict';
import type { Database } from '#db/database.ts';
import { startSimulators } from '#simulators/start.ts';
import { freePort } from '#test/support/free-port.ts';
import { type Cluster, startPostgres } from '#test/support/postgres-cluster.ts';
import { makeProcessStore } from '#test/support/process-store.ts';
import { type ServerProcess, startServerProcess } from '#test/support/server-process.ts';
import { openDemoShop, type Shop } from '#test/support/shop.ts';

export interface TwoServers {
  /** The same tenant's shop, once by each server. */
  readonly shops: readonly [Shop, Shop];
  readonly urls: readonly [string, string];
  /** To be stopped or killed; what is stopped must be continued. */
  readonly processes: readonly [ServerProcess, ServerProcess];
  readonly simulatorUrl: string;
  readonly database: Database;
  stop(): Promise<void>;
}

/** On the server of TEST_DATABASE_URL, else on a private one. Undefined on a machine without PostgreSQL. */
export async function findPostgres(): Promise<Pick<Cluster, 'url' | 'stop'> | undefined> {
  const url = process.env.TEST_DATABASE_URL;
  if (url !== undefined) return { url, stop: async () => undefined };
  return startPostgres().catch((error: Error) => {
    if (error.message.startsWith('No PostgreSQL')) return undefined;
    throw error;
  });
}

export async function startTwoServers(postgresUrl: string): Promise<TwoServers> {
  const store = await makeProcessStore(postgresUrl);
  const simulators = await startSimulators({ port: 0, directory: store.directory });
  const start = async () =>
    startServerProcess({
      port: await freePort(),
      directory: store.directory,
      databaseUrl: store.databaseUrl,
      simulatorUrl: simulators.url,
    });
  // Together: that two nodes may start at once on an empty database is part of the promise.
  const servers = await Promise.all([start(), start()]);
  const [one, two] = servers;
  const database = await store.open();
  return {
    shops: [await openDemoShop(() => one.url), await openDemoShop(() => two.url)],
    urls: [one.url, two.url],
    processes: servers,
    simulatorUrl: simulators.url,
    database,
    stop: async () => {
      await database.close();
      await Promise.all(servers.map((server) => server.kill()));
      await simulators.close();
      await store.remove();
    },
  };
}

/**
 * How wide races are, and how often each is run. The bar is a hundred times at every width (`RACE_TRIALS=100`); the
 * widest cost most, and what they find shows in the first few. A run of the suite that is not about PostgreSQL only
 * looks whether anything is badly wrong.
 */
const trialsByWidth: readonly (readonly [width: number, trials: number])[] =
  process.env.TEST_DATABASE_URL === undefined
    ? [
        [2, 20],
        [8, 20],
        [64, 5],
      ]
    : [
        [2, 100],
        [8, 100],
        [64, 25],
      ];

/** Requests under way at once: narrow races are run several at a time. */
const requestsAtOnce = 64;

/**
 * Runs a race's trials at every width. `trial` asserts what must be true of each. A race whose requests queue for one lock
 * is run fewer times as a matter of course.
 */
export async function runTrials(
  trial: (width: number, id: string) => Promise<void>,
  { usually = Number.POSITIVE_INFINITY } = {},
): Promise<void> {
  for (const [width, usualTrials] of trialsByWidth) {
    const trials = Number(process.env.RACE_TRIALS ?? Math.min(usualTrials, usually));
    const atOnce = Math.max(1, Math.floor(requestsAtOnce / width));
    let started = 0;
    const worker = async (): Promise<void> => {
      while (started < trials) {
        started += 1;
        await trial(width, crypto.randomUUID());
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }
}

/** Sends `width` requests at once, every other one to the other server. No answer may blame the server. */
export async function race<Result>(
  shops: readonly [Shop, Shop],
  width: number,
  ask: (shop: Shop, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results = await Promise.all(
    Array.from({ length: width }, (_, index) => ask(index % 2 === 0 ? shops[0] : shops[1], index)),
  );
  for (const result of results) {
    const status = typeof result === 'number' ? result : (result as { status?: number }).status;
    assert.ok((status ?? 200) < 500, `a server's error: ${JSON.stringify(result)}`);
  }
  return results;
}
