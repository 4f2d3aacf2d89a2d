/** What the contract tests share: finding connectors, their simulators' controls, and what an approval must hold. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { inspect } from 'node:util';
import { later, wallClock } from '#kit/clock.ts';
import type { Connector, Inquiry, Network, OperationRequest, Outcome } from '#kit/connector.ts';
import { currency } from '#kit/currency.ts';
import { randomIds } from '#kit/ids.ts';
import { money } from '#kit/money.ts';
import type { ContractSetup } from './contract-setup.ts';
import { overFetch } from './over-fetch.ts';

export const network = overFetch(fetch, 10_000);

/** For the faults that consist of silence: waiting for the usual timeout would only make the tests long. */
const impatientNetwork = overFetch(fetch, 200);
const silentFaults: ReadonlySet<string> = new Set(['hang', 'act-then-delay', 'status-flaky']);

export function networkUnder(fault: string): Network {
  return silentFaults.has(fault) ? impatientNetwork : network;
}
export const aud = currency('AUD');

/** After each of these the money may have moved or not; a connector must not claim to know. */
export const doubtfulFaults = [
  'refuse',
  'hang',
  'act-then-reset',
  'act-then-delay',
  'act-then-500',
  'error-500',
  'act-then-garble',
  'wrong-shape',
  'other-answer',
] as const;

/** What these tests read of a row of `GET {simulator}/book`. */
export interface BookedRow {
  readonly reference: string;
  readonly outcome: 'approved' | 'declined' | 'none';
}

export interface FoundConnector {
  readonly name: string;
  readonly connector: Connector;
  readonly setup: ContractSetup;
}

/** Every folder beside this file, with its connector and its setup. */
export async function findConnectors(): Promise<FoundConnector[]> {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  return Promise.all(
    folders.map(async ({ name }) => {
      const { connector } = (await import(`./${name}/index.ts`)) as { connector: Connector };
      const { setup } = (await import(`./${name}/contract-setup.ts`)) as { setup: ContractSetup };
      return { name, connector, setup };
    }),
  );
}

export function pageRequest(storeCard: boolean) {
  return {
    kind: 'purchase',
    reference: randomIds.reference(),
    amount: money(2500n, aud),
    description: 'Grain-free kibble',
    storeCard,
    returnUrl: 'http://127.0.0.1:9/return',
    expiresAt: later(wallClock.now(), 3_600_000),
  } as const;
}

export function assertApproved(
  outcome: Inquiry,
  request: Pick<OperationRequest, 'amount'>,
): asserts outcome is Outcome & { kind: 'approved' } {
  assert.equal(outcome.kind, 'approved', inspect(outcome));
  assert.ok(outcome.kind === 'approved' && outcome.processorReference !== '');
  assert.deepEqual(outcome.amount, request.amount);
}

export async function setFaultAt(url: string, connector: string | undefined, fault: object): Promise<void> {
  const response = await fetch(`${url}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...fault, ...(connector === undefined ? {} : { connector }) }),
  });
  assert.equal(response.status, 201, await response.text());
}

export async function bookOf(url: string): Promise<BookedRow[]> {
  const response = await fetch(`${url}/book`);
  return ((await response.json()) as { data: BookedRow[] }).data;
}

export function must<T>(value: T | undefined): T {
  assert.ok(value !== undefined);
  return value;
}
