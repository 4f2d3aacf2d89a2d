/** The composition root: puts the parts together. Everything below it gets its parts as parameters. */
import { createSecretKey } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { type Config, ConfigError } from './config.ts';
import { runAudit } from './core/audit/run-audit.ts';
import { type Batched, batchOperations } from './core/batched.ts';
import type { Core, Limits } from './core/core.ts';
import { openPepper } from './core/master-keys/open-pepper.ts';
import { createSigningKeys } from './core/signing-keys/signing-keys.ts';
import { type Authenticator, createAuthenticator } from './core/tenants/authenticate.ts';
import { createUploadTurns } from './core/uploads/upload-turns.ts';
import type { Database } from './db/database.ts';
import { isReachable } from './db/is-reachable.ts';
import { registerCheckout } from './facades/checkout/index.ts';
import { registerDocs } from './facades/docs/index.ts';
import { findFacades } from './facades/find-facades.ts';
import { registerReports } from './facades/message-reports/index.ts';
import { answerPlainly } from './http/answer-plainly.ts';
import { failureLimit } from './http/failures.ts';
import { registerHealth } from './http/health.ts';
import { errorFields } from './http/log.ts';
import { createMetrics, type Metrics } from './http/metrics.ts';
import { registerFacade } from './http/register-facade.ts';
import { buildServer, logInternalError } from './http/server.ts';
import { countConnectorTime } from './http/timing.ts';
import { registerTokenEndpoint } from './http/token-endpoint.ts';
import { startWork } from './jobs/work.ts';
import { publicTargets } from './kit/callback-url.ts';
import type { Clock } from './kit/clock.ts';
import type { Connector, Network } from './kit/connector.ts';
import type { IdSource } from './kit/ids.ts';
import { keyIdOf, keyring } from './kit/secrets.ts';
import { createTurns } from './kit/turns.ts';
import { ownAddressReader } from './own-addresses.ts';
import { type AuditMeans, type AuditTask, startAudits } from './tasks/audit-regularly.ts';
import { dueWork } from './tasks/due-work.ts';
import { findConnectors } from './tasks/find-connectors.ts';
import { findRails } from './tasks/find-rails.ts';
import { openSenders } from './tasks/open-senders.ts';
import { createProcessors } from './tasks/processors.ts';
import { createRails, type RailMeans } from './tasks/rails.ts';
import { pictureReader } from './tasks/read-pictures.ts';
import { readReply, readReport } from './tasks/read-reports.ts';
import { readSimulatorBook } from './tasks/read-simulator-book.ts';
import { createSubscribers } from './tasks/shake-hands.ts';

export interface AppParts {
  readonly config: Config;
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Logger;
  readonly network: Network;
  readonly limits?: Partial<Limits>;
  readonly random?: () => number;
  /** Event loop delay beyond which requests are refused; 0 refuses none. */
  readonly maxEventLoopDelayMs?: number;
  /** Simulators whose own book the audit compares ours with. */
  readonly simulatorUrl?: string;
}

export interface App {
  readonly core: Core;
  readonly batched: Batched;
  readonly authenticator: Authenticator;
  readonly metrics: Metrics;
  readonly server: FastifyInstance;
  /** Says that no new request should come, for a load balancer to see. */
  drain(): void;
  /** Finishes what is under way and lets go of everything but the database. */
  stop(): Promise<void>;
}

/** Longer than any call outward takes, with room for the outcome to be written down. */
const leaseMarginMs = 5_000;

/** Files of practice systems: each holds a connection while it is written, which every other request could use. */
const usualImports = { atOnce: 2, waiting: 8 };

/** Three days to enter a card: as long as Windcave keeps a page open by itself. */
const usualLimits = { attemptMs: 30 * 60_000, linkMs: 30 * 86_400_000, enrolmentMs: 3 * 86_400_000 };

/** A server that is this late with everything serves nobody by taking more. */
const usualEventLoopDelayMs = 3_000;

/** How often it is written down when credentials were last used. */
const flushMs = 10_000;

export async function createApp(parts: AppParts): Promise<App> {
  const { config, log } = parts;
  const metrics = createMetrics();
  const connectors = await findConnectors();
  const rails = { rails: await findRails(), network: parts.network, alarm: alarmOf(parts, metrics) };
  const { facades, pages, ...tellers } = await findFacades();
  const secrets = await openSecrets(parts);
  const core = createCore(parts, { connectors, rails, tellers, secrets }, metrics);
  const batched = batchOperations(core);
  const authenticator = createAuthenticator(core);
  const senders = await openSenders(config.channels, parts.network);
  const work = startWork(
    dueWork(core, {
      ...tellers,
      callbackPolicy: core.callbackTargets,
      random: parts.random ?? Math.random,
      observeCallback: (result) => metrics.callbacks.inc({ outcome: result.kind }),
      senderFor: senders.senderFor,
      rails,
    }),
    (kind, error) => {
      metrics.workErrors.inc({ kind });
      log.error({ kind, ...errorFields(error) }, 'due work failed');
    },
  );
  Object.assign(core.work, { nudge: work.nudge, drain: work.drain });
  const audits = auditBooks(core, { metrics, log });
  const server = await buildServer({
    log,
    metrics,
    ids: parts.ids,
    trustedProxies: config.trustedProxies,
    rewrites: facades,
    maxEventLoopDelayMs: parts.maxEventLoopDelayMs ?? usualEventLoopDelayMs,
  });
  const onInternalError = logInternalError(log);
  answerPlainly(server, onInternalError);
  const means = { core, batched, authenticator, failures: failureLimit(parts.clock), onInternalError };
  for (const facade of facades) {
    await registerFacade(server, facade, means);
    await registerTokenEndpoint(server, facade, means);
  }
  await registerDocs(server, facades);
  const pageMeans = { core, unlimited: config.mode === 'demo', onInternalError };
  const readPicture = pictureReader({ clock: parts.clock, policyFor: core.callbackTargets });
  await registerCheckout(server, { ...pageMeans, readPicture });
  for (const registerPages of pages) await registerPages(server, { ...means, ...pageMeans });
  registerReports(server, {
    readReport: (channel, token, request) => readReport(core, senders, { channel, token }, request),
    readReply: (channel, token, request) =>
      readReply(core, senders, { channel, token, expected: config.replyToken }, request),
  });
  const health = registerHealth(
    server,
    { store: core.database.store, isReachable: () => isReachable(core.database) },
    metrics,
  );
  const flushing = setInterval(() => void authenticator.flush().catch(() => undefined), flushMs);
  flushing.unref();
  return {
    core,
    batched,
    authenticator,
    metrics,
    server,
    drain: health.drain,
    stop: () => stop({ server, work, audits, authenticator, flushing }),
  };
}

/** Our own books only: a processor's book, which simulators have, is compared whole, and when somebody asks for it. */
function auditBooks({ database, clock }: Core, telling: Pick<AuditMeans, 'metrics' | 'log'>): AuditTask {
  const elapsedMs = () => performance.now();
  return startAudits({ ...telling, audit: () => runAudit({ database, clock }), clock, elapsedMs });
}

async function stop(running: {
  server: FastifyInstance;
  work: ReturnType<typeof startWork>;
  audits: AuditTask;
  authenticator: Authenticator;
  flushing: NodeJS.Timeout;
}): Promise<void> {
  clearInterval(running.flushing);
  await running.server.close();
  await running.work.stop();
  await running.audits.stop();
  await running.authenticator.flush().catch(() => undefined);
}

/** What the master keys open: the sealed secrets, and the key of all digests. */
export async function openSecrets({
  config: { masterKeys },
  database,
  clock,
}: Pick<AppParts, 'config' | 'database' | 'clock'>): Promise<Pick<Core, 'keyring' | 'pepper'>> {
  const ring = keyring(masterKeys.map((key) => ({ id: keyIdOf(key), key })));
  const pepper = await openPepper({ database, clock, keyring: ring }, masterKeys);
  // Made once: every request digests its credential, and a key made anew costs more than the digest.
  if (pepper !== undefined) return { keyring: ring, pepper: createSecretKey(pepper) };
  throw new ConfigError(
    'QUITTANCE_MASTER_KEY is not the key this store was filled under: set it to that one, or name that one in QUITTANCE_OTHER_MASTER_KEYS.',
  );
}

/** A bank has refused something, or cannot be reached: a person has to look. */
function alarmOf({ log }: AppParts, metrics: Metrics): RailMeans['alarm'] {
  return ({ tenantId, accountId, rail }, reason) => {
    metrics.alarms.inc({ connector: rail });
    log.error({ alarm: 'payout', tenantId, accountId, rail, reason }, 'alarm');
  };
}

function createCore(
  parts: AppParts,
  {
    connectors,
    rails,
    tellers,
    secrets,
  }: {
    connectors: ReadonlyMap<string, Connector>;
    rails: RailMeans;
    tellers: Parameters<typeof createSubscribers>[1];
    secrets: Pick<Core, 'keyring' | 'pepper'>;
  },
  metrics: Metrics,
): Core {
  const { config, log, network } = parts;
  const readOwnAddresses = ownAddressReader(parts.clock);
  const core: Core = {
    database: parts.database,
    clock: parts.clock,
    ids: parts.ids,
    ...secrets,
    work: { nudge: () => undefined, drain: async () => undefined },
    rails: createRails(() => core, rails),
    subscribers: createSubscribers(() => core, tellers),
    processors: createProcessors(() => core, {
      connectors,
      network,
      readBook: async () =>
        parts.simulatorUrl === undefined
          ? undefined
          : readSimulatorBook(parts.simulatorUrl, network.timeoutMs),
      alarm: (operation, reason) => {
        metrics.alarms.inc({ connector: operation.connector });
        log.error(
          { alarm: 'operation', operationId: operation.id, connector: operation.connector, reason },
          'alarm',
        );
      },
      observe: (connector, call, outcome, elapsedMs) => {
        metrics.connectorCalls.observe({ connector, call, outcome }, elapsedMs / 1_000);
        countConnectorTime(elapsedMs);
      },
    }),
    signingKeys: createSigningKeys(() => core),
    callbackTargets: ({ mode }) => ({
      ...publicTargets,
      ownAddresses: readOwnAddresses(),
      ...(config.mode === 'demo' && mode === 'test'
        ? { loopback: { ownPorts: [config.port, config.port + 1] } }
        : {}),
    }),
    processorTargets: isLocal(config) ? undefined : { ...publicTargets, ownAddresses: readOwnAddresses() },
    publicUrl: config.publicUrl,
    allowsLive: config.mode === 'production',
    limits: { leaseMs: network.timeoutMs * 2 + leaseMarginMs, ...usualLimits, ...parts.limits },
    uploadTurns: createUploadTurns(),
    importTurns: createTurns(usualImports),
  };
  return core;
}

/** Whether nobody but this machine reaches the installation: a demo, or a first try of production. */
function isLocal({ publicUrl }: Config): boolean {
  return new URL(publicUrl).hostname === 'localhost';
}
