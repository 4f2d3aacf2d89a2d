import type { Network } from '#kit/connector.ts';
import { tryExchange } from '#kit/try-exchange.ts';
import type { SwishAccount } from './account.ts';

/** What came back. `failed` says nothing about whether Swish acted. */
export type Reply =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly location: string;
      /** The header `PaymentRequestToken`. */
      readonly token: string;
      /** Parsed JSON, each number as the text it came as; undefined where there is no body. */
      readonly body: unknown;
    }
  | { readonly kind: 'failed'; readonly detail: string };

export interface Question {
  readonly method: 'PUT' | 'GET' | 'PATCH';
  /** Below `/swish-cpcapi/api/`. */
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
}

/** Real answers are below 4 KiB; nothing larger than this is read. */
const maxAnswerBytes = 64 * 1024;

/** Statuses after which Swish may or may not have acted. 429 is asked for again like any other silence. */
function isDoubtful(status: number): boolean {
  return status >= 500 || status === 429 || (status >= 300 && status < 400);
}

/**
 * Asks Swish one thing, all within the network's timeout. Never throws. Details are in our own words, because a
 * library's error text may repeat what we sent.
 */
export async function ask(network: Network, account: SwishAccount, question: Question): Promise<Reply> {
  const { clientCertificate } = account;
  const { method, path, body, contentType = 'application/json' } = question;
  const reply = await tryExchange(network, new URL(path, account.apiUrl).href, {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': contentType }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
    maxBytes: maxAnswerBytes,
  });
  if (reply.kind === 'failed') return reply;
  const { status, headers } = reply;
  if (isDoubtful(status)) return { kind: 'failed', detail: `HTTP ${status}` };
  const { location = '', paymentrequesttoken: token = '' } = headers;
  try {
    return { kind: 'answered', status, location, token, body: readJson(Buffer.from(reply.body).toString()) };
  } catch {
    return { kind: 'failed', detail: 'not JSON' };
  }
}

/** Amounts are JSON numbers here: they are taken as written, never as a floating point number. Throws on what is not JSON. */
function readJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  const keepNumbers = (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' ? context?.source : value;
  return JSON.parse(text, keepNumbers as (key: string, value: unknown) => unknown);
}
