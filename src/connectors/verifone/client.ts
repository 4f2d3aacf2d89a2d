import type { Network } from '#kit/connector.ts';
import { tryExchange } from '#kit/try-exchange.ts';
import type { VerifoneAccount } from './account.ts';

/** What came back. `failed` says nothing about whether Verifone acted. */
export type Reply =
  | { readonly kind: 'document'; readonly status: number; readonly document: unknown }
  | { readonly kind: 'failed'; readonly detail: string };

export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly url: string;
  readonly body?: unknown;
  /** Under which a repetition of the request is the same request. */
  readonly idempotencyKey?: string;
}

/** A checkout with all its events is a few kilobytes; nothing larger than this is read. */
const maxAnswerBytes = 256 * 1024;

/** Sends one request and reads the JSON answer, all within the network's timeout. Never throws. */
export async function callVerifone(account: VerifoneAccount, network: Network, call: Call): Promise<Reply> {
  const { method, url, body, idempotencyKey } = call;
  const request = {
    method,
    headers: {
      authorization: account.authorization,
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(idempotencyKey === undefined ? {} : { 'x-vfi-api-idempotencykey': idempotencyKey }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    maxBytes: maxAnswerBytes,
  };
  const reply = await tryExchange(network, url, request);
  if (reply.kind === 'failed') return reply;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(reply.body);
    return { kind: 'document', status: reply.status, document: JSON.parse(text) };
  } catch {
    return { kind: 'failed', detail: `HTTP ${reply.status} without JSON` };
  }
}
