import type { Network } from '#kit/connector.ts';

/** What stands in for `fetch`: it is given the whole request and answers, fails or hangs as a test wants. */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;

export interface FetchInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly redirect: 'manual';
  readonly signal: AbortSignal;
}

/** The network over something like `fetch`, for tests. */
export function overFetch(fetch: Fetch, timeoutMs: number): Network {
  return {
    timeoutMs,
    exchange: async (url, { method, headers, body, maxBytes }) => {
      const signal = AbortSignal.timeout(timeoutMs);
      const sent = { method, headers: { ...headers }, ...(body === undefined ? {} : { body }) };
      const answer = await fetch(url, { ...sent, redirect: 'manual', signal });
      return {
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: await readUpTo(answer, maxBytes),
      };
    },
  };
}

async function readUpTo(answer: Response, maxBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
