import { checkCallbackUrl, type TargetPolicy } from '#kit/callback-url.ts';
import { checkedLookup, TargetRefused } from './checked-lookup.ts';
import { type ResolveHost, resolveHost } from './resolve-host.ts';
import { retryAfterMs } from './retry-after.ts';
import { type BoundedAnswer, sendBounded } from './send-bounded.ts';
import { type SigningSecret, signatureHeaders } from './signature-headers.ts';

export interface SignedPost {
  /** As the tenant gave it; checked here each time it is used. */
  readonly url: string;
  readonly body: string;
  /** The same on every attempt, so that the receiver can tell a repetition. Without dots. */
  readonly id: string;
  /** The moment of this attempt. */
  readonly timestamp: Date;
  readonly secrets: readonly SigningSecret[];
  /** Lower case. Those of the signatures cannot be replaced. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly policy: TargetPolicy;
  /** Which of the 2xx answers say that it arrived; all of them unless told. */
  readonly isDelivered?: (status: number) => boolean;
}

export interface WebhookNetwork {
  readonly resolve: ResolveHost;
  readonly timeoutMs: number;
}

/** DNS, and fifteen seconds for everything together. */
export const publicNetwork: WebhookNetwork = { resolve: resolveHost, timeoutMs: 15_000 };

export type PostResult =
  /** The receiver answered 2xx. */
  | { readonly kind: 'delivered'; readonly status: number }
  | {
      readonly kind: 'failed';
      /** Safe to show to the tenant: names no address. */
      readonly reason: string;
      readonly status?: number;
      /** How long the receiver asked to be left alone. */
      readonly retryAfterMs?: number;
      /** The first KiB of what the receiver said. */
      readonly responseHead?: string;
      /** The receiver answered 410: it wants no more. */
      readonly gone?: boolean;
    };

/**
 * Makes one signed POST to an address a stranger chose, and tells how it ended. Never throws for what the URL, the
 * name server or the receiver did.
 */
export async function postSigned(
  post: SignedPost,
  network: WebhookNetwork = publicNetwork,
): Promise<PostResult> {
  const check = checkCallbackUrl(post.url, post.policy);
  if (!check.ok) return { kind: 'failed', reason: check.reason };
  const body = Buffer.from(post.body);
  const signatures = await signatureHeaders({ id: post.id, timestamp: post.timestamp, body }, post.secrets);
  try {
    const answer = await sendBounded({
      url: check.url,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Quittance',
        'accept-encoding': 'identity',
        ...post.headers,
        ...signatures,
      },
      body,
      lookup: checkedLookup(post.policy, network.resolve),
      timeoutMs: network.timeoutMs,
    });
    return readResult(answer, post.isDelivered ?? (() => true));
  } catch (error) {
    return { kind: 'failed', reason: reasonOf(error) };
  }
}

function readResult(
  { status, headers, head }: BoundedAnswer,
  isDelivered: (status: number) => boolean,
): PostResult {
  if (status >= 200 && status < 300 && isDelivered(status)) return { kind: 'delivered', status };
  const waitMs = retryAfterMs(headers);
  return {
    kind: 'failed',
    status,
    reason:
      status >= 300 && status < 400 ? `answered ${status}: redirects are not followed` : `answered ${status}`,
    responseHead: printable(head),
    ...(waitMs !== undefined && { retryAfterMs: waitMs }),
    ...(status === 410 && { gone: true }),
  };
}

/** Text that any database and page can take: what is not UTF-8, and control characters, become U+FFFD. */
function printable(bytes: Buffer): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be replaced.
  return bytes.toString('utf8').replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd');
}

/** A socket's own message names the address it tried, so only its code is told. */
function reasonOf(error: unknown): string {
  if (error instanceof TargetRefused) return error.message;
  const { name, code } = error as NodeJS.ErrnoException;
  if (name === 'AbortError' || name === 'TimeoutError') return 'no answer in time';
  return code === undefined ? 'the connection failed' : `the connection failed: ${code}`;
}
