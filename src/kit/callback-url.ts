import { isPublicAddress } from './public-address.ts';

/** Where a tenant may have us send requests. */
export interface TargetPolicy {
  /** The ports https may go to: the fewer, the less of anybody's network can be probed through us. */
  readonly ports: readonly number[];
  /** Addresses and CIDR ranges this installation itself can be reached at; nothing is sent to them. */
  readonly ownAddresses: readonly string[];
  /**
   * Set in demo mode only: plain http to `localhost` and `127.0.0.1` is allowed as well, on every port but those
   * this installation itself listens on.
   */
  readonly loopback?: { readonly ownPorts: readonly number[] };
}

/** What production allows, before its own addresses are added. */
export const publicTargets: TargetPolicy = { ports: [443, 8443], ownAddresses: [] };

export type UrlCheck =
  | { readonly ok: true; readonly url: URL }
  /** `reason` is safe to show to the tenant. */
  | { readonly ok: false; readonly reason: string };

const maxCharacters = 2_048;
const absolutePattern = /^https?:\/\/[^/]/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that URL parsers silently drop.
const unsafePattern = /[\u0000-\u0020\u007f-\u00a0\\]/;
const loopbackHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1']);

/**
 * Checks a callback URL as text, when it is stored and again before each use. Numbers in any spelling (decimal, octal,
 * hexadecimal, short) have become plain addresses in the parsed URL and are judged as such. What a name resolves to
 * is judged when it is used, not here.
 */
export function checkCallbackUrl(text: string, policy: TargetPolicy): UrlCheck {
  if (text.length > maxCharacters) return refuse(`the URL is longer than ${maxCharacters} characters`);
  if (unsafePattern.test(text)) return refuse('the URL contains a space, a control character or a backslash');
  if (!absolutePattern.test(text) || !URL.canParse(text))
    return refuse('the URL is not an absolute https URL');
  if (authorityOf(text).includes('@')) return refuse('the URL contains credentials');

  const url = new URL(text);
  const reason = url.protocol === 'http:' ? refusalOfPlain(url, policy) : refusalOfSecure(url, policy);
  return reason === undefined ? { ok: true, url } : refuse(reason);
}

function refusalOfPlain(url: URL, { loopback }: TargetPolicy): string | undefined {
  if (loopback === undefined || !loopbackHosts.has(url.hostname)) return 'the URL is not https';
  return loopback.ownPorts.includes(Number(url.port || 80)) ? 'the port is our own' : undefined;
}

function refusalOfSecure(url: URL, { ports, ownAddresses }: TargetPolicy): string | undefined {
  if (!ports.includes(Number(url.port || 443))) return `the port is not one of ${ports.join(', ')}`;
  const host = url.hostname;
  if (isAddress(host))
    return isPublicAddress(bare(host), ownAddresses) ? undefined : 'the address is not public';
  return host.replace(/\.$/, '').includes('.') ? undefined : 'the host is not a full domain name';
}

/** The text between `//` and the path: the parsed URL no longer shows an empty user name. */
function authorityOf(text: string): string {
  return text.slice(text.indexOf('//') + 2).split(/[/?#]/, 1)[0] ?? '';
}

/** In a parsed URL, a host that ends in a number is an IPv4 address (WHATWG URL), and IPv6 wears brackets. */
function isAddress(host: string): boolean {
  return host.startsWith('[') || /\.\d+$/.test(host);
}

function bare(host: string): string {
  return host.startsWith('[') ? host.slice(1, -1) : host;
}

function refuse(reason: string): UrlCheck {
  return { ok: false, reason };
}
