import type { Network } from '#kit/connector.ts';
import { readXml, type XmlElement, XmlError } from './xml.ts';

/** What came back. `failed` says nothing about whether Windcave acted. */
export type Reply =
  | { readonly kind: 'document'; readonly root: XmlElement }
  | { readonly kind: 'failed'; readonly detail: string };

/** Real answers are below 8 KiB; nothing larger than this is read. */
const maxAnswerBytes = 64 * 1024;

/**
 * Posts one XML document and reads the XML answer, all within the network's timeout. Never throws. Details are in our
 * own words, because a vendor's or a library's error text may repeat what we sent.
 */
export async function postXml(network: Network, url: string, body: string): Promise<Reply> {
  try {
    const response = await network.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/xml; charset=utf-8', accept: 'application/xml' },
      body,
      signal: AbortSignal.timeout(network.timeoutMs),
    });
    // A followed redirect would mean that someone else has seen our credentials and answers in Windcave's place.
    if (response.status !== 200 || response.redirected) {
      await response.body?.cancel();
      return failed(`HTTP ${response.status}`);
    }
    return { kind: 'document', root: readXml(await readCapped(response)) };
  } catch (error) {
    return failed(describe(error));
  }
}

async function readCapped(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (response.body !== null) {
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > maxAnswerBytes) throw new XmlError('answer too large');
      chunks.push(chunk);
    }
  }
  return Buffer.concat(chunks);
}

function failed(detail: string): Reply {
  return { kind: 'failed', detail };
}

function describe(error: unknown): string {
  if (error instanceof XmlError) return error.message;
  if (!(error instanceof Error)) return 'connection failed';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout';
  const code = (error.cause as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code)
    ? `connection failed (${code})`
    : 'connection failed';
}
