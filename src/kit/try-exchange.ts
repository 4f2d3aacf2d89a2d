import type { Network, NetworkAnswer, NetworkRequest } from './connector.ts';

/** What became of one request. `failed` says nothing about whether the other side acted. */
export type ExchangeReply =
  | (Omit<NetworkAnswer, 'body'> & { readonly kind: 'answer'; readonly body: Uint8Array })
  | { readonly kind: 'failed'; readonly detail: string };

/**
 * Sends one request and reads the whole answer, within the network's timeout and up to `maxBytes`. Never throws.
 * Details are in our own words, because a vendor's or a library's error text may repeat what we sent.
 */
export async function tryExchange(
  network: Network,
  url: string,
  request: NetworkRequest,
): Promise<ExchangeReply> {
  try {
    const { status, headers, body } = await network.exchange(url, request);
    if (body === undefined) return { kind: 'failed', detail: 'answer too large' };
    return { kind: 'answer', status, headers, body };
  } catch (error) {
    return { kind: 'failed', detail: describe(error) };
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'connection failed';
  if (error.name === 'TimeoutError') return 'timeout';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code)
    ? `connection failed (${code})`
    : 'connection failed';
}
