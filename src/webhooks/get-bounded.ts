import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { checkCallbackUrl, type TargetPolicy } from '#kit/callback-url.ts';
import { checkedLookup } from './checked-lookup.ts';
import type { WebhookNetwork } from './post-signed.ts';

export interface BoundedGet {
  /** As a stranger gave it; checked here each time it is used. */
  readonly url: string;
  readonly policy: TargetPolicy;
  /** An answer that is longer is no answer. */
  readonly maxBytes: number;
}

export interface BoundedFile {
  /** Without parameters, in lower case; what the other side claims. */
  readonly contentType: string;
  readonly bytes: Buffer;
}

/**
 * One GET of an address a stranger chose, bounded in time and memory. Undefined for everything but a 200 with a whole
 * body: redirects are not followed. Never throws for what the URL, the name server or the other side did.
 */
export async function getBounded(
  { url, policy, maxBytes }: BoundedGet,
  network: WebhookNetwork,
): Promise<BoundedFile | undefined> {
  const check = checkCallbackUrl(url, policy);
  if (!check.ok) return undefined;
  try {
    const response = await request(check.url, policy, network);
    const bytes = response.statusCode === 200 ? await readAll(response, maxBytes) : undefined;
    response.destroy();
    const contentType = (response.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
    return bytes === undefined ? undefined : { contentType, bytes };
  } catch {
    return undefined;
  }
}

function request(url: URL, policy: TargetPolicy, network: WebhookNetwork): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const client = url.protocol === 'https:' ? https : http;
    const sent = client.request(url, {
      headers: { 'user-agent': 'Quittance', 'accept-encoding': 'identity' },
      agent: false,
      lookup: checkedLookup(policy, network.resolve),
      signal: AbortSignal.timeout(network.timeoutMs),
    });
    sent.on('response', resolve);
    sent.on('error', reject);
    sent.end();
  });
}

async function readAll(response: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
