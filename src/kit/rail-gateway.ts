/**
 * How files reach a bank and news comes back. Banks take files in many ways (SFTP, portals, their own APIs): the gateway
 * is the one small protocol that we speak, and that whoever runs us puts in front of theirs.
 *
 * `POST <gateway>/rails/<rail>/files` with `x-file-id`, `x-file-name` and `x-account`: 2xx accepted, 422 refused.
 * `GET <gateway>/rails/<rail>/news?after=<sequence>&date=<YYYY-MM-DD>` with `x-account`:
 * `{"data":[{"sequence","kind","instrument","amount","code","file","detail"}]}`, oldest first.
 */
import type { Network } from './connector.ts';
import type { RailAccount, RailDesk, RailName, RailNews } from './rail.ts';
import { tryExchange } from './try-exchange.ts';

/** News of thousands of entries at once is a large answer, and no larger than this. */
const maxNewsBytes = 4 * 1024 * 1024;
const maxReceiptBytes = 16 * 1024;

const kinds: ReadonlySet<string> = new Set(['issued', 'cleared', 'returned', 'corrected', 'refused']);

/** One piece of news as the gateway tells it. */
export interface GatewayNews {
  readonly sequence: number;
  readonly kind: string;
  readonly instrument: string;
  readonly amount?: number;
  readonly code?: string;
  /** The bank's own file, where the news is in one. */
  readonly file?: string;
  readonly detail?: Readonly<Record<string, string>>;
}

/**
 * The desk of an account at its gateway. `read` may turn a piece of news that is in a bank's own file into what the file
 * says.
 */
export function openGateway(
  rail: RailName,
  account: RailAccount,
  network: Network,
  read: (news: GatewayNews) => GatewayNews | undefined = (news) => news,
): RailDesk {
  const base = `${account.gatewayUrl.replace(/\/+$/, '')}/rails/${rail}`;
  const headers = { 'x-account': `${account.routingNumber}-${account.accountNumber}` };
  return {
    handOver: async ({ id, fileName, content }) => {
      const request = {
        method: 'POST',
        headers: {
          ...headers,
          'x-file-id': id,
          'x-file-name': fileName,
          'content-type': 'text/plain; charset=us-ascii',
        },
        body: content,
        maxBytes: maxReceiptBytes,
      };
      const reply = await tryExchange(network, `${base}/files`, request);
      if (reply.kind === 'failed') return 'unknown';
      if (reply.status >= 200 && reply.status < 300) return 'accepted';
      return reply.status === 422 ? 'refused' : 'unknown';
    },
    readNews: async (after, date) => {
      const url = `${base}/news?after=${after}&date=${date}`;
      const reply = await tryExchange(network, url, { method: 'GET', headers, maxBytes: maxNewsBytes });
      if (reply.kind === 'failed' || reply.status !== 200) return undefined;
      return readList(reply.body)?.flatMap((news) => toNews(read(news)) ?? []);
    },
  };
}

function readList(body: Uint8Array): GatewayNews[] | undefined {
  try {
    const { data } = JSON.parse(Buffer.from(body).toString()) as { data?: unknown };
    return Array.isArray(data) ? (data as GatewayNews[]) : undefined;
  } catch {
    return undefined;
  }
}

/** What is not in the protocol is nothing we can act upon. */
function toNews(news: GatewayNews | undefined): RailNews | undefined {
  if (news === undefined) return undefined;
  const { sequence, kind, instrument, amount, code } = news;
  if (!Number.isSafeInteger(sequence) || sequence < 1 || !kinds.has(kind)) return undefined;
  if (typeof instrument !== 'string' || instrument === '') return undefined;
  if (amount !== undefined && (!Number.isSafeInteger(amount) || amount < 1)) return undefined;
  return {
    sequence: BigInt(sequence),
    kind: kind as RailNews['kind'],
    instrument,
    amount: amount === undefined ? null : BigInt(amount),
    code: code ?? null,
    detail: textsOf(news.detail),
  };
}

function textsOf(detail: unknown): Record<string, string> {
  if (detail === null || typeof detail !== 'object') return {};
  return Object.fromEntries(
    Object.entries(detail).filter((one): one is [string, string] => typeof one[1] === 'string'),
  );
}
