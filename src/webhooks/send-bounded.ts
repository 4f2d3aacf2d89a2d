import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';

export interface BoundedRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Gives the addresses the socket may connect to. Not asked where the host of the URL is an address itself. */
  readonly lookup: LookupFunction;
  /** For everything together: name, connection, TLS, request and answer. */
  readonly timeoutMs: number;
}

export interface BoundedAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The first KiB of the body as it was sent, whatever its encoding. */
  readonly head: Buffer;
}

const maxHeadBytes = 1_024;
const maxAnswerBytes = 65_536;

/**
 * One POST on a connection of its own, bounded in time and memory whatever the other side does. Redirects are answers
 * like others, and compressed bodies stay compressed. Rejects with the socket's error or an `AbortError`.
 */
export function sendBounded({
  url,
  headers,
  body,
  lookup,
  timeoutMs,
}: BoundedRequest): Promise<BoundedAnswer> {
  return new Promise((resolve, reject) => {
    const client = url.protocol === 'https:' ? https : http;
    const request = client.request(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': body.length },
      agent: false,
      lookup,
      signal: AbortSignal.timeout(timeoutMs),
    });
    request.on('response', (response) => resolve(readAnswer(response)));
    request.on('error', reject);
    request.on('close', () => reject(new Error('the connection ended without an answer')));
    request.end(body);
  });
}

async function readAnswer(response: IncomingMessage): Promise<BoundedAnswer> {
  const kept: Buffer[] = [];
  let keptBytes = 0;
  let answerBytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      const part = chunk.subarray(0, maxHeadBytes - keptBytes);
      kept.push(part);
      keptBytes += part.length;
      answerBytes += chunk.length;
      if (answerBytes >= maxAnswerBytes) break;
    }
  } catch {
    // The status line has answered; a body that breaks off or never ends does not take that back.
  }
  return { status: response.statusCode ?? 0, headers: response.headers, head: Buffer.concat(kept) };
}
