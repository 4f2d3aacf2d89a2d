import type { Network } from '#kit/connector.ts';
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
  try {
    const response = await network.fetch(new URL(question.path, account.apiUrl).href, {
      method: question.method,
      headers: {
        accept: 'application/json',
        ...(question.body === undefined
          ? {}
          : { 'content-type': question.contentType ?? 'application/json' }),
      },
      ...(question.body === undefined ? {} : { body: JSON.stringify(question.body) }),
      signal: AbortSignal.timeout(network.timeoutMs),
      ...(clientCertificate === undefined ? {} : { clientCertificate }),
    });
    if (isDoubtful(response.status) || response.redirected) {
      await response.body?.cancel();
      return failed(`HTTP ${response.status}`);
    }
    return {
      kind: 'answered',
      status: response.status,
      location: response.headers.get('location') ?? '',
      token: response.headers.get('paymentrequesttoken') ?? '',
      body: readJson(await readCapped(response)),
    };
  } catch (error) {
    return failed(describe(error));
  }
}

class AnswerError extends Error {}

async function readCapped(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (response.body !== null) {
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > maxAnswerBytes) throw new AnswerError('answer too large');
      chunks.push(chunk);
    }
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Amounts are JSON numbers here: they are taken as written, never as a floating point number. */
function readJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  const keepNumbers = (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' ? context?.source : value;
  try {
    return JSON.parse(text, keepNumbers as (key: string, value: unknown) => unknown);
  } catch {
    throw new AnswerError('not JSON');
  }
}

function failed(detail: string): Reply {
  return { kind: 'failed', detail };
}

function describe(error: unknown): string {
  if (error instanceof AnswerError) return error.message;
  if (!(error instanceof Error)) return 'connection failed';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout';
  const code = ((error.cause ?? error) as { code?: unknown }).code;
  return typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code)
    ? `connection failed (${code})`
    : 'connection failed';
}
