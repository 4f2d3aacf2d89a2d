/** Relations are absolute addresses on the caller's own host. */
import type { RouteRequest } from '#http/facade.ts';
import { invalid } from '#kit/errors.ts';

/** What an address leads to, by the name in it. */
export type Resource =
  | 'department'
  | 'user'
  | 'client'
  | 'phonenumber'
  | 'paymentmethod'
  | 'invoice'
  | 'postransaction'
  | 'invoicepayment'
  | 'unallocatedpayment'
  | 'hook';

const hostPattern = /^[A-Za-z0-9.-]+(:\d{1,5})?$/;

/** Writes addresses of a book's objects, on the host that the request came to. */
export interface Hyperlinks {
  /** `https://host/<provet_id>/api/0.1` */
  readonly base: string;
  to(resource: Resource, id: bigint | string): string;
}

export function hyperlinksFor({
  core,
  params,
  headers,
}: Pick<RouteRequest, 'core' | 'params' | 'headers'>): Hyperlinks {
  const own = new URL(core.publicUrl);
  const host = headers.host !== undefined && hostPattern.test(headers.host) ? headers.host : own.host;
  const base = `${own.protocol}//${host}/${params.provet_id}/api/0.1`;
  return { base, to: (resource, id) => `${base}/${resource}/${id}/` };
}

/** The id in an address of one of the book's objects, whatever host it names. */
export function readHyperlink(
  text: string,
  resource: Resource,
  { provetId, property }: { provetId: string; property: string },
): bigint {
  const path = URL.parse(text)?.pathname ?? text;
  const [, book, name, id] = /^\/([^/]+)\/api\/0\.1\/([a-z]+)\/(\d{1,18})\/$/.exec(path) ?? [];
  if (id === undefined || book !== provetId || name !== resource)
    throw invalid(property, 'invalid_format', 'Invalid hyperlink - No URL match.');
  return BigInt(id);
}

/** The id in an address that we wrote. */
export function idIn(address: string): bigint {
  return BigInt(/(\d+)\/$/.exec(address)?.[1] ?? 0);
}

/** The sentence for an address, or id, of nothing. */
export function noSuchObject(property: string): Error {
  return invalid(property, 'invalid_enum', 'Invalid hyperlink - Object does not exist.');
}
