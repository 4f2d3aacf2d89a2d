import type { Network } from './connector.ts';

/** What became of one request. `failed` says nothing about whether the other side acted. */
export type BoundedReply =
  | { readonly kind: 'answer'; readonly status: number; readonly body: Uint8Array }
  | { readonly kind: 'failed'; readonly detail: string };

/**
 * Sends one request to a processor and reads the whole answer, within the network's timeout and up to `maxBytes`.
 * Never throws. Details are in our own words, because a vendor's or a library's error text may repeat what we sent.
 */
export async function fetchBounded(
  network: Network,
  url: string,
  request: { method: string; headers: Record<string, string>; body?: string },
  maxBytes: number,
): Promise<BoundedReply> {
  try {
    const response = await network.fetch(url, {
      ...request,
      signal: AbortSignal.timeout(network.timeoutMs),
    });
    // A followed redirect would mean that someone else has seen our credentials and answers in the processor's place.
    if (response.redirected) {
      await response.body?.cancel();
      return failed('redirected');
    }
    const body = await readUpTo(response, maxBytes);
    return body === undefined
      ? failed('answer too large')
      : { kind: 'answer', status: response.status, body };
  } catch (error) {
    return failed(describe(error));
  }
}

async function readUpTo(response: Response, maxBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (response.body !== null) {
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > maxBytes) return undefined;
      chunks.push(chunk);
    }
  }
  return Buffer.concat(chunks);
}

function failed(detail: string): BoundedReply {
  return { kind: 'failed', detail };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'connection failed';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout';
  const code = (error.cause as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code)
    ? `connection failed (${code})`
    : 'connection failed';
}
