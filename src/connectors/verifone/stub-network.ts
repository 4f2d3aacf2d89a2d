/** A network for tests: answers one request after the other and keeps what was sent. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConnectorAccount, OperationRequest, Processor } from '#kit/connector.ts';
import { currency } from '#kit/currency.ts';
import { money } from '#kit/money.ts';
import { overFetch } from '../over-fetch.ts';
import { setup } from './contract-setup.ts';
import { connector } from './index.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document of somebody else, to be taken apart.
export type Json = any;

export const base = 'https://emea.gsc.verifone.cloud';
export const account = setup.account(base);
export const amount = money(2500n, currency('AUD'));
export const purchase: OperationRequest = {
  kind: 'purchase',
  reference: 'REFERENCE0000001',
  amount,
  description: 'Grain-free kibble',
};
export const refund: OperationRequest = { ...purchase, kind: 'refund', originalReference: 'transaction-1' };
export function fixture(name: string): Json {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8'));
}

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: Json;
}

type Answers = readonly (readonly [status: number, document: unknown])[];

/** The connector, opened over a network that gives these answers, the last one for ever. */
export function openOver(...answers: Answers) {
  return openAs(account, ...answers);
}

/** The same with another account. */
export function openAs(fields: ConnectorAccount, ...answers: Answers) {
  const sent: Sent[] = [];
  const network = overFetch(async (url, { method, headers, body }) => {
    const [status, document] = answers[Math.min(sent.length, answers.length - 1)] ?? [500, ''];
    sent.push({ method, url, headers, body: body === undefined ? undefined : JSON.parse(body) });
    return new Response(typeof document === 'string' ? document : JSON.stringify(document), { status });
  }, 200);
  return { sent, processor: connector.open(fields, network) as Required<Processor> };
}
