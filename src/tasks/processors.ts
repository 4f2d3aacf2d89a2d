import type { Core, Processors } from '#core/core.ts';
import { keepInquiry, markSentAgain } from '#core/operations/keep-inquiry.ts';
import { type Finding, isGivenUp, isOpen, type Operation, whenNotFound } from '#core/operations/operation.ts';
import { readOperation } from '#core/operations/read-operations.ts';
import { findKeptMoney } from '#core/payments/find-kept-money.ts';
import { outcomeRecording, type RecordOutcome } from '#core/payments/record-outcome.ts';
import { readConnectorAccount } from '#core/tenants/connector-account.ts';
import { readTenant } from '#core/tenants/read-tenant.ts';
import { businessNow } from '#core/tenants/tenant.ts';
import { later } from '#kit/clock.ts';
import type {
  Capability,
  Connector,
  Inquiry,
  Network,
  Notification,
  OperationRequest,
  Outcome,
  PageOutcome,
  Processor,
} from '#kit/connector.ts';
import { CoreError } from '#kit/errors.ts';
import type { OperationId, TenantId } from '#kit/ids.ts';
import { toPageRequest, toRequest, toSendRequest } from './processor-requests.ts';

export interface ProcessorMeans {
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly network: Network;
  /** The processors' own book, where there is one to read. */
  readonly readBook: Processors['readBook'];
  /** Told of what a person should look at. */
  readonly alarm: (operation: Operation, reason: string) => void;
  /** Told how long a call outward took. */
  readonly observe: (connector: string, call: string, outcome: string, elapsedMs: number) => void;
}

interface Means extends ProcessorMeans {
  readonly recordOutcome: RecordOutcome;
}

/** Tries to open a page in one go, all under one reference: a page nobody has seen cannot be paid. */
const pageTries = 2;

/** The way outward: the only place from which processors are called. No transaction is open while one is. */
export function createProcessors(core: () => Core, given: ProcessorMeans): Processors {
  const means: Means = { ...given, recordOutcome: outcomeRecording(core) };
  return {
    list: () => [...means.connectors.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    checkAccount: (name, account) => void means.connectors.get(name)?.open(account, means.network),
    can: (name, capability) => can(means, name, capability),
    usesPage: (name) => can(means, name, 'hosted-page'),
    takes: (name, currency) => means.connectors.get(name)?.currencies?.includes(currency) ?? true,
    canCancel: (name) => can(means, name, 'cancel'),
    pageOrigins: (tenantId, name) => pageOrigins(core(), means, tenantId, name),
    readBook: means.readBook,
    perform: (tenantId, operationId) => perform(core(), means, tenantId, operationId),
    inquire: (tenantId, operationId) => inquire(core(), means, tenantId, operationId),
    cancel: (tenantId, operationId) => cancel(core(), means, tenantId, operationId),
    readReturn: (tenantId, operationId, query) => readReturn(core(), means, tenantId, operationId, query),
    readNotification: (tenantId, operationId, notification) =>
      readNotification(core(), means, tenantId, operationId, notification),
  };
}

function can(means: Means, name: string, capability: Capability): boolean {
  return means.connectors.get(name)?.capabilities.has(capability) ?? false;
}

async function pageOrigins(
  core: Core,
  means: Means,
  tenantId: TenantId,
  name: string,
): Promise<readonly string[]> {
  const connector = means.connectors.get(name);
  if (connector?.pageOrigins === undefined) return [];
  return connector.pageOrigins(await readConnectorAccount(core, tenantId, name));
}

async function perform(
  core: Core,
  means: Means,
  tenantId: TenantId,
  operationId: OperationId,
): Promise<void> {
  const operation = await readOperation(core, tenantId, operationId);
  if (!isOpen(operation)) return;
  // What both are made of is asked for together.
  const [processor, request] = await Promise.all([
    openProcessor(core, means, tenantId, operation.connector),
    operation.byPage ? undefined : toSendRequest(core, operation),
  ]);
  if (processor !== undefined && operation.byPage) return openPage(core, means, processor, operation);
  const outcome = await send(means, processor, operation, request);
  return record(core, means, operation, judgeSend(operation, outcome));
}

async function send(
  means: Means,
  processor: Processor | undefined,
  operation: Operation,
  request: OperationRequest | undefined,
): Promise<Outcome> {
  if (processor === undefined) return refusal('no-account', 'No account at the processor is set up.');
  if (processor.send === undefined || !can(means, operation.connector, operation.kind))
    return refusal('no-capability', 'The processor cannot do this.');
  if (request === undefined) return refusal('no-card', 'The card is not kept any more.');
  const ask = processor.send.bind(processor);
  return timed(means, operation.connector, 'send', () => ask(request));
}

/**
 * A refusal that never became a movement at the processor speaks of this send alone. Of an intent that was sent before
 * it proves nothing: the password may have changed since, and the money may have moved the first time.
 */
function judgeSend(operation: Operation, outcome: Outcome): Outcome {
  const refusedAsSuch = outcome.kind === 'declined' && outcome.processorReference === undefined;
  return refusedAsSuch && operation.sends > 1
    ? { kind: 'unknown', detail: `sending again was refused (${outcome.code})` }
    : outcome;
}

async function openPage(core: Core, means: Means, processor: Processor, operation: Operation): Promise<void> {
  const open = processor.openPage?.bind(processor);
  if (open === undefined)
    return record(core, means, operation, refusal('no-capability', 'The processor has no payment page.'));
  const request = await toPageRequest(core, operation, settlingMsOf(means, operation));
  let outcome: PageOutcome = { kind: 'unknown', detail: 'not asked' };
  for (let tried = 0; tried < pageTries && outcome.kind === 'unknown'; tried += 1) {
    outcome = await timed(means, operation.connector, 'open-page', () => open(request));
  }
  if (outcome.kind === 'opened') return record(core, means, operation, { kind: 'page', url: outcome.url });
  if (outcome.kind === 'declined')
    return record(core, means, operation, refusal(outcome.code, outcome.message));
  await record(core, means, operation, outcome);
  await inquire(core, means, operation.tenantId, operation.id);
}

async function inquire(
  core: Core,
  means: Means,
  tenantId: TenantId,
  operationId: OperationId,
): Promise<void> {
  const operation = await readOperation(core, tenantId, operationId);
  if (!isOpen(operation)) return;
  const processor = await openProcessor(core, means, tenantId, operation.connector);
  if (processor === undefined) return plan(core, means, operation);
  const request = await toRequest(core, operation);
  const inquiry = await timed(means, operation.connector, 'inquire', () => processor.inquire(request));
  if (inquiry.kind !== 'not-found')
    return record(core, means, operation, inquiry).then(() => plan(core, means, operation));
  return resolveNotFound(core, means, operation);
}

async function resolveNotFound(core: Core, means: Means, operation: Operation): Promise<void> {
  const tenant = await readTenant(core, operation.tenantId);
  const step = whenNotFound(operation, {
    wallNow: core.clock.now(),
    settlingMs: settlingMsOf(means, operation),
    givenUp: isGivenUp(operation, businessNow(core.clock, tenant)),
  });
  if (step === 'absent') return record(core, means, operation, { kind: 'absent' });
  if (step === 'send-again' && (await markSentAgain(core, operation))) {
    return perform(core, means, operation.tenantId, operation.id);
  }
  const settledAt = later(operation.sentAt ?? operation.createdAt, settlingMsOf(means, operation));
  return plan(core, means, operation, settledAt);
}

function settlingMsOf(means: Means, { connector }: Operation): number {
  return means.connectors.get(connector)?.settlingMs ?? 0;
}

async function cancel(core: Core, means: Means, tenantId: TenantId, operationId: OperationId): Promise<void> {
  const operation = await readOperation(core, tenantId, operationId);
  const processor = await openProcessor(core, means, tenantId, operation.connector);
  const ask = processor?.cancel?.bind(processor);
  if (ask === undefined || !isOpen(operation)) return;
  const request = await toRequest(core, operation);
  const answer = await timed(means, operation.connector, 'cancel', () => ask(request));
  if (answer.kind === 'unknown' || answer.kind === 'not-found')
    return inquire(core, means, tenantId, operationId);
  await record(core, means, operation, answer);
  return plan(core, means, operation);
}

async function readNotification(
  core: Core,
  means: Means,
  tenantId: TenantId,
  operationId: OperationId,
  notification: Notification,
): Promise<'read' | 'foreign' | 'unavailable'> {
  const operation = await readOperation(core, tenantId, operationId);
  const processor = await openProcessor(core, means, tenantId, operation.connector);
  const request = await toRequest(core, operation);
  if (processor?.isNotification?.(notification, request) !== true) return 'foreign';
  if (operation.status === 'approved') return 'read';
  const inquiry = await timed(means, operation.connector, 'inquire', () => processor.inquire(request));
  if (inquiry.kind === 'not-found') return 'unavailable';
  await record(core, means, operation, inquiry);
  await plan(core, means, operation);
  return inquiry.kind === 'unknown' ? 'unavailable' : 'read';
}

async function readReturn(
  core: Core,
  means: Means,
  tenantId: TenantId,
  operationId: OperationId,
  query: URLSearchParams,
): Promise<'read' | 'foreign' | 'unavailable'> {
  const { connector, reference: expected } = await readOperation(core, tenantId, operationId);
  const processor = await openProcessor(core, means, tenantId, connector);
  const read = processor?.readReturn?.bind(processor);
  // Nothing came along with the payer: what became of the operation is asked without it.
  if (read === undefined)
    return processor === undefined
      ? 'foreign'
      : inquire(core, means, tenantId, operationId).then(() => 'read');
  const reading = await timed(means, connector, 'read-return', () => read(query));
  if (reading.kind !== 'read') return reading.kind;
  const { reference, outcome: finding } = reading;
  const ours = await means.recordOutcome({ tenantId, connector, reference, finding });
  // Somebody was sent back to the wrong address: what became of the right one is still to be asked.
  if (reference !== expected) await inquire(core, means, tenantId, operationId);
  return ours ? 'read' : 'foreign';
}

async function record(
  core: Core,
  means: Means,
  operation: Operation,
  finding: Finding | { kind: 'page'; url: string },
): Promise<void> {
  const { tenantId, connector, reference } = operation;
  await means.recordOutcome({ tenantId, connector, reference, finding, known: operation });
  const kept = await findKeptMoney(core, operation);
  if (kept !== undefined) means.alarm(operation, kept);
}

/** Plans the next question where the operation is still open, and tells of one that has been open too long. */
async function plan(core: Core, means: Means, seen: Operation, settledAt?: Date): Promise<void> {
  const operation = await readOperation(core, seen.tenantId, seen.id);
  if (!isOpen(operation)) return;
  if (await keepInquiry(core, operation, settledAt))
    means.alarm(operation, 'no answer from the processor within the inquiry budget');
}

function refusal(code: string, message: string): Outcome {
  return { kind: 'declined', cause: 'request', code, message };
}

async function openProcessor(
  core: Core,
  means: Means,
  tenantId: TenantId,
  name: string,
): Promise<Processor | undefined> {
  const connector = means.connectors.get(name);
  if (connector === undefined) return undefined;
  if (connector.accountFields.length === 0) return connector.open({}, means.network);
  const account = await readConnectorAccount(core, tenantId, name).catch(absentIfRefused);
  return account === undefined ? undefined : connector.open(account, means.network);
}

/** That there is no account is an answer; that the database could not be asked is none. */
function absentIfRefused(error: unknown): undefined {
  if (error instanceof CoreError) return undefined;
  throw error;
}

/** A connector never throws for what the processor did; if one does, that is our fault and the outcome is not known. */
async function timed<Result extends Inquiry | PageOutcome | { kind: string }>(
  means: Means,
  connector: string,
  call: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const startedMs = performance.now();
  const result = await work();
  means.observe(connector, call, result.kind, performance.now() - startedMs);
  return result;
}
