import type { Network } from '#kit/connector.ts';
import { tryExchange } from '#kit/try-exchange.ts';
import { readXml, type XmlElement, XmlError } from './xml.ts';

/** What came back. `failed` says nothing about whether Windcave acted. */
export type Reply =
  | { readonly kind: 'document'; readonly root: XmlElement }
  | { readonly kind: 'failed'; readonly detail: string };

/** Real answers are below 8 KiB; nothing larger than this is read. */
const maxAnswerBytes = 64 * 1024;

/** Posts one XML document and reads the XML answer, all within the network's timeout. Never throws. */
export async function postXml(network: Network, url: string, body: string): Promise<Reply> {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/xml; charset=utf-8', accept: 'application/xml' },
    body,
    maxBytes: maxAnswerBytes,
  };
  const reply = await tryExchange(network, url, request);
  if (reply.kind === 'failed') return reply;
  if (reply.status !== 200) return { kind: 'failed', detail: `HTTP ${reply.status}` };
  try {
    return { kind: 'document', root: readXml(reply.body) };
  } catch (error) {
    if (error instanceof XmlError) return { kind: 'failed', detail: error.message };
    throw error;
  }
}
