/** How this dialect lists: bare arrays, and since 2025-03-06 pages with links to their neighbours (facts A6). */
import { type CoreError, invalid } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import type { Page, Position } from '#kit/page.ts';
import type { RouteAnswer, RouteRequest } from '../../http/facade.ts';

/** The first version of the API that answers pages. */
const pagesSince = '2025-03-06';

/** Rows in a list that asks for no other number, and the most that may be asked for. */
const maxRows = 200;

export interface List<Row> {
  /** Below the façade's prefix. */
  readonly path: string;
  read(page: Page): Promise<readonly Row[]>;
  positionOf(row: Row): Position;
  write(rows: readonly Row[]): Promise<unknown[]> | unknown[];
}

/** Answers the page of a list that the request asks for, in the way its version of the API expects. */
export async function answerList<Row>(request: RouteRequest, list: List<Row>): Promise<RouteAnswer> {
  const { query } = request;
  const isPaged = readVersion(request) >= pagesSince;
  const limit = Number(query.limit ?? maxRows);
  const place = readCursor(query.cursor);
  const rows = await list.read({ ...place, limit: limit + 1 });
  const hasMore = rows.length > limit;
  // The row too many is the one farthest from where the reading began.
  const shown = place.after === undefined ? rows.slice(0, limit) : rows.slice(-limit);
  const data = await list.write(shown);
  if (!isPaged) return { body: data };
  const href = (cursor: string | undefined) => hrefOf(request, list.path, cursor);
  return {
    body: {
      data,
      _links: linksOf(shown.map(list.positionOf), { place, hasMore, given: query.cursor }, href),
    },
  };
}

/** Answers the newest rows of a list that has never become pages. */
export async function answerBareList<Row>(
  { query }: RouteRequest,
  list: Pick<List<Row>, 'read' | 'write'>,
): Promise<RouteAnswer> {
  const rows = await list.read({ limit: Number(query.limit ?? maxRows) });
  return { body: await list.write(rows) };
}

type Place = Pick<Page, 'before' | 'after'>;

function linksOf(
  positions: readonly Position[],
  { place, hasMore, given }: { place: Place; hasMore: boolean; given: string | undefined },
  href: (cursor: string | undefined) => { href: string },
): Record<'first' | 'previous' | 'current' | 'next', { href: string } | null> {
  const [first, last] = [positions[0], positions.at(-1)];
  const hasOlder = place.after === undefined ? hasMore : true;
  const hasNewer = place.after === undefined ? place.before !== undefined : hasMore;
  return {
    first: href(undefined),
    previous: hasNewer && first !== undefined ? href(writeCursor('after', first)) : null,
    current: href(given),
    next: hasOlder && last !== undefined ? href(writeCursor('before', last)) : null,
  };
}

/** The same list with the same filters, from another place on. */
function hrefOf({ core, query }: RouteRequest, path: string, cursor: string | undefined): { href: string } {
  const { cursor: _cursor, ...filters } = query;
  const parameters = new URLSearchParams({ ...filters, ...(cursor === undefined ? {} : { cursor }) });
  const search = parameters.size === 0 ? '' : `?${parameters}`;
  return { href: `${core.publicUrl}/api/v1${path}${search}` };
}

/** No version, or none that is a date, is the oldest. */
function readVersion({ headers }: RouteRequest): string {
  const version = headers['x-api-version'] ?? '';
  return /^\d{4}-\d{2}-\d{2}$/.test(version) ? version : '';
}

/** A cursor as callers carry it; they are not to look into it. */
function writeCursor(side: keyof Place, { createdAt, id }: Position): string {
  return Buffer.from(`${side}/${createdAt.toISOString()}/${id}`).toString('base64url');
}

function readCursor(cursor: string | undefined): Place {
  if (cursor === undefined) return {};
  const [side = '', instant = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split('/');
  const createdAt = new Date(instant);
  if ((side !== 'before' && side !== 'after') || !isUuid(id) || Number.isNaN(createdAt.getTime()))
    throw foreignCursor();
  if (writeCursor(side, { createdAt, id }) !== cursor) throw foreignCursor();
  return { [side]: { createdAt, id } };
}

function foreignCursor(): CoreError {
  return invalid('cursor', 'invalid_format', 'cursor is not one that the _links of a list gave');
}

/** A span of time, as two query parameters name it. The end must not lie before the beginning. */
export function readBetween(
  query: RouteRequest['query'],
  names: readonly (readonly [from: string, to: string])[],
): { from?: Date; to?: Date } {
  for (const [fromName, toName] of names) {
    const [from, to] = [query[fromName], query[toName]];
    if (from === undefined && to === undefined) continue;
    const between = {
      ...(from === undefined ? {} : { from: new Date(from) }),
      ...(to === undefined ? {} : { to: new Date(to) }),
    };
    if (between.from !== undefined && between.to !== undefined && between.from > between.to)
      throw invalid(fromName, 'out_of_range', `${fromName} is later than ${toName}`);
    return between;
  }
  return {};
}
