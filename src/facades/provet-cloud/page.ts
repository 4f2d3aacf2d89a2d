/** What lists and addresses of this dialect have in common. */
import type { RouteRequest } from '#http/facade.ts';
import { notFound } from '#kit/errors.ts';
import { hyperlinksFor } from './hyperlinks.ts';
import type { PageSearch } from './read-search.ts';

/** The vendor's envelope (facts 6.1). A page beyond the last is `not_found`, but for the first. */
export function toPage(
  request: RouteRequest,
  { page, limit }: PageSearch,
  count: number,
  results: readonly Record<string, unknown>[],
): Record<string, unknown> {
  const pages = Math.max(1, Math.ceil(count / limit));
  if (page > pages) throw notFound('page');
  return {
    count,
    num_pages: pages,
    next: page < pages ? addressOf(request, page + 1) : null,
    previous: page > 1 ? addressOf(request, page - 1) : null,
    results,
  };
}

function addressOf(request: RouteRequest, page: number): string {
  const query = new URLSearchParams({ ...request.query, page: String(page) });
  return `${hyperlinksFor(request).base}${request.path}?${query}`;
}

/** What is no number is the number of nothing. */
export function idOf({ params }: RouteRequest): bigint {
  const { id = '' } = params;
  if (!/^\d{1,18}$/.test(id)) throw notFound('object');
  return BigInt(id);
}
