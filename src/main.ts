/** The process: reads the configuration, opens the store, starts the app, and stops it when it is asked to. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { type App, createApp, openSecrets } from './app.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { type AuditReport, runAudit } from './core/audit/run-audit.ts';
import { resealSecrets } from './core/master-keys/reseal-secrets.ts';
import { takeOverLeases } from './core/operations/take-over-leases.ts';
import { rotateSigningKeys } from './core/signing-keys/rotate-signing-keys.ts';
import { type OrganisationInput, openOrganisation } from './core/tenants/open-organisation.ts';
import type { Database } from './db/database.ts';
import type { Limits } from './db/limits.ts';
import { migrate } from './db/migrate.ts';
import { openDatabase } from './db/open-database.ts';
import { createDemoLink } from './demo/create-demo-link.ts';
import { registerDemo } from './demo/register-demo.ts';
import { seedDemo } from './demo/seed-demo.ts';
import { findFacades } from './facades/find-facades.ts';
import { writeKey } from './facades/native/auth.ts';
import { createLog } from './http/log.ts';
import { wallClock } from './kit/clock.ts';
import { CoreError } from './kit/errors.ts';
import { randomIds } from './kit/ids.ts';
import { openNetwork } from './network.ts';
import { readOrganisation } from './read-organisation.ts';
import { readSimulatorBook } from './tasks/read-simulator-book.ts';

/** How long a processor may take to answer. Windcave's own guide speaks of half a minute; a payer waits for this. */
const connectorTimeoutMs = 10_000;

const network = openNetwork(connectorTimeoutMs);

/** What is under way gets this long to finish once the process is asked to stop. */
const drainMs = 25_000;

async function main([command, ...args]: readonly string[]): Promise<void> {
  switch (command) {
    case 'demo':
      return serve(readConfig('demo'));
    case 'serve':
      return serve(readConfig('production'));
    case 'audit':
      return audit(readConfig('demo'));
    case 'open-organisation':
      return openFirst(readOrganisation(args), readConfig('production'));
    case 'reseal':
      return reseal(readConfig('production'));
    default:
      throw new ConfigError('Say what to do: demo, serve, audit, open-organisation or reseal.');
  }
}

async function serve(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  const [database, simulators] = await Promise.all([
    openMigrated(config, log),
    config.mode === 'demo' ? openSimulators(config) : undefined,
    // What the app looks for below is loaded while the store opens in its thread.
    findFacades(),
  ]);
  const parts = { config, database, clock: wallClock, ids: randomIds, log, network };
  const app = await createApp({
    ...parts,
    ...(simulators === undefined ? {} : { simulatorUrl: simulators.url }),
  });
  // Before anybody waits for them.
  await rotateSigningKeys(app.core);
  const closing: (() => Promise<void>)[] = [() => app.stop(), () => database.close()];
  if (database.store === 'embedded') await takeOverLeases(app.core);
  if (simulators !== undefined) {
    await startDemo(config, app, simulators.url);
    closing.push(simulators.close);
  }
  const listening = app.server.listen({ port: config.port, host: config.host });
  // The first address of a name answers before the others are taken: to close in between breaks the taking.
  stopOnSignal(app, log, [async () => void (await Promise.allSettled([listening])), ...closing]);
  await listening;
  log.info({ event: 'started', port: config.port, store: database.store }, 'listening');
}

/** The simulators of the demo: those that SIMULATOR_URL names, or our own on the next port. */
async function openSimulators(config: Config): Promise<{ url: string; close: () => Promise<void> }> {
  if (config.simulatorUrl !== undefined) return { url: config.simulatorUrl, close: async () => undefined };
  // No part of a server that serves live tenants.
  const { startSimulators } = await import('../simulators/start.ts');
  return startSimulators({
    port: config.port === 0 ? 0 : config.port + 1,
    directory: dataIn(config, 'simulators'),
  });
}

async function startDemo(config: Config, app: App, simulatorUrl: string): Promise<void> {
  const tenants = await seedDemo(app.core, simulatorUrl);
  registerDemo(app.server, app, { tenants, simulatorUrl });
  const [first] = tenants;
  const link = first === undefined ? '' : await createDemoLink(app, first);
  app.server.server.once('listening', () => greet(config, link, simulatorUrl));
}

function greet(config: Config, link: string, simulatorUrl: string): void {
  console.log(`
  Quittance demo, test money only

  Pay a link now    ${link}
                    card 4111 1111 1111 1111, any name, any future date, any code;
                    Swish is approved by itself, or by you at ${simulatorUrl}/phone
  Start page        ${config.publicUrl}/
  Inbox             ${config.publicUrl}/inbox
  API reference     ${config.publicUrl}/docs
  Keys for programs ${config.publicUrl}/demo.json
`);
}

async function audit(config: Config): Promise<void> {
  const report = (await askRunningDemo(config)) ?? (await auditStore(config));
  for (const check of report.checks)
    console.log(
      `${check.ok ? 'ok  ' : 'FAIL'} ${check.id} ${check.about}${check.ok ? '' : `: ${check.rows} rows`}`,
    );
  for (const check of report.checks)
    for (const row of check.examples) console.log(`     ${check.id} ${JSON.stringify(row)}`);
  process.exitCode = report.ok ? 0 : 1;
}

async function auditStore(config: Config): Promise<AuditReport> {
  const database = await openStore(config, createLog(config.logLevel), auditLimits);
  const readBook = async () =>
    config.simulatorUrl === undefined
      ? undefined
      : readSimulatorBook(config.simulatorUrl, connectorTimeoutMs);
  const report = await runAudit({ database, clock: wallClock, processors: { readBook } });
  await database.close();
  return report;
}

/** The embedded store opens for one process only: a demo that has it open is asked to run the audit itself. */
async function askRunningDemo(config: Config): Promise<AuditReport | undefined> {
  if (config.databaseUrl !== undefined) return undefined;
  const answer = await fetch(`${config.publicUrl}/demo/audit`).catch(() => undefined);
  return answer?.ok === true ? ((await answer.json()) as AuditReport) : undefined;
}

/** Opens an organisation's first book and prints the key that sets up everything else. It is not kept anywhere. */
async function openFirst(input: OrganisationInput, config: Config): Promise<void> {
  const database = await openMigrated(config, createLog(config.logLevel));
  const clock = wallClock;
  const core = { database, clock, ids: randomIds, ...(await openSecrets({ config, database, clock })) };
  const { tenantId, lookup, secret } = await openOrganisation(core, input);
  await database.close();
  console.log(`
  ${input.name} is open: ${input.mode} mode

  Tenant     ${tenantId}
  Key        ${writeKey(input.mode, lookup, secret)}
             shown this once: keep it where your secrets are
  API        ${config.publicUrl}/v1
`);
}

/** Seals everything with the first master key, and says whether the others may go. */
async function reseal(config: Config): Promise<void> {
  const database = await openMigrated(config, createLog(config.logLevel));
  const core = { database, ...(await openSecrets({ config, database, clock: wallClock })) };
  const first = await resealSecrets(core);
  // What a server has written meanwhile under another key shows the second time.
  const second = await resealSecrets(core);
  await database.close();
  for (const { name, resealed, unopened } of first)
    console.log(
      `${String(resealed).padStart(9)} sealed anew  ${name}${unopened > 0 ? `, ${unopened} not opened` : ''}`,
    );
  if (first.some(({ unopened }) => unopened > 0))
    throw new ConfigError(
      'Some values are sealed with a key that is not named: name it in QUITTANCE_OTHER_MASTER_KEYS.',
    );
  if (second.some(({ resealed }) => resealed > 0))
    throw new ConfigError(
      'A server still seals with another key: restart it with this one, then run this again.',
    );
  console.log('Everything is sealed with QUITTANCE_MASTER_KEY: QUITTANCE_OTHER_MASTER_KEYS may go.');
}

/** An invariant over many millions of rows takes minutes. Nobody waits for it, and it takes no locks. */
const auditLimits = { statementMs: 3_600_000 };

async function openMigrated(config: Config, log: Logger): Promise<Database> {
  const database = await openStore(config, log);
  await migrate(database);
  return database;
}

/** The store that the configuration names. That it cannot be opened is told in a sentence, as of any setting. */
async function openStore(config: Config, log: Logger, limits: Partial<Limits> = {}): Promise<Database> {
  const place =
    config.databaseUrl === undefined ? { directory: dataIn(config, 'store') } : { url: config.databaseUrl };
  try {
    return await openDatabase({ ...place, log, limits, random: Math.random });
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    const isSentence = message.endsWith('.');
    throw new ConfigError(isSentence ? message : `The database cannot be opened: ${message || code}.`);
  }
}

function dataIn(config: Config, folder: string): string {
  const directory = join(config.dataDirectory, folder);
  mkdirSync(directory, { recursive: true });
  return directory;
}

/** Stops accepting, finishes what is in flight, exits 0. A second signal, or too long a wait, ends it at once. */
function stopOnSignal(app: App, log: Logger, closing: readonly (() => Promise<void>)[]): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    app.drain();
    const overdue = setTimeout(() => process.exit(1), drainMs);
    overdue.unref();
    for (const close of closing) await close();
    log.info({ event: 'stopped' }, 'stopped');
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

/** A sentence where whoever starts the program can mend it; else where it broke. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof CoreError) return error.message;
  const { code, port } = error as { code?: string; port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is taken: set PORT to another.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(explain(error));
  process.exit(1);
});
