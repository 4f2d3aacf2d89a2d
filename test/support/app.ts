/** The product in this process, on a real database and real simulators, with a clock that a test can turn. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Fetch, overFetch } from '#connectors/over-fetch.ts';
import { startSimulators } from '#simulators/start.ts';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Limits } from '../../src/core/core.ts';
import { registerDemo } from '../../src/demo/register-demo.ts';
import { type DemoTenant, seedDemo } from '../../src/demo/seed-demo.ts';
import { type Clock, wallClock } from '../../src/kit/clock.ts';
import { randomIds } from '../../src/kit/ids.ts';
import { openNetwork } from '../../src/network.ts';
import { openTestDatabase } from './database.ts';
import { freePort } from './free-port.ts';

export interface TestApp {
  readonly app: App;
  readonly url: string;
  readonly simulatorUrl: string;
  readonly tenants: readonly DemoTenant[];
  /** Headers of a demo tenant's Ping credentials. */
  ping(index?: number): Record<string, string>;
  /** Headers of a demo tenant's native credentials. */
  native(index?: number): Record<string, string>;
  stop(): Promise<void>;
}

export interface TestAppOptions {
  readonly clock?: Clock;
  readonly limits?: Partial<Limits>;
  /** How long a processor may take. */
  readonly connectorTimeoutMs?: number;
  /** Variables besides the port. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Stands in for processors and message providers. */
  readonly fetch?: Fetch;
  /** A PostgreSQL to use whatever TEST_DATABASE_URL says. */
  readonly server?: string;
}

/** Starts the demo's tenants on a fresh database, listening on a port of its own. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const clock = options.clock ?? wallClock;
  const directory = await mkdtemp(join(tmpdir(), 'quittance-test-'));
  const database = await openTestDatabase(options.server === undefined ? {} : { server: options.server });
  const simulators = await startSimulators({ port: 0, directory, clock });
  const port = await freePort();
  const config = readConfig('demo', {
    ...options.environment,
    PORT: String(port),
    LOG_LEVEL: 'silent',
  });
  const timeoutMs = options.connectorTimeoutMs ?? 5_000;
  const network = options.fetch === undefined ? openNetwork(timeoutMs) : overFetch(options.fetch, timeoutMs);
  const log = pino({ level: 'silent' });
  const app = await createApp({
    config,
    database,
    clock,
    ids: randomIds,
    log,
    network,
    limits: options.limits ?? {},
    simulatorUrl: simulators.url,
    // The store may stand in this process, and other tests on this machine.
    maxEventLoopDelayMs: 0,
  });
  const tenants = await seedDemo(app.core, simulators.url);
  registerDemo(app.server, app, { tenants, simulatorUrl: simulators.url });
  await app.server.listen({ port, host: 'localhost' });
  return {
    app,
    url: config.publicUrl,
    simulatorUrl: simulators.url,
    tenants,
    ping: (index = 0) => ({ ...tenants[index]?.entries.ping?.headers }),
    native: (index = 0) => ({ ...tenants[index]?.entries.native?.headers }),
    stop: async () => {
      await app.stop();
      await simulators.close();
      await database.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
