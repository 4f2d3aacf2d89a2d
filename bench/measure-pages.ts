/** A long list's first page against its last: a page by keyset should cost the same wherever it stands. */
import pg from 'pg';
import { writeCursor } from '../src/http/cursor.ts';
import { takeTurns } from './alternate.ts';
import type { Bench, Effort, Load, Measured } from './contestant.ts';
import { fillLinks } from './fill.ts';
import { repeat } from './load.ts';
import { makeLink, pingAccess } from './shop.ts';

export interface Pages {
  readonly rows: number;
  readonly first: readonly Measured[];
  readonly deep: readonly Measured[];
}

const pageSize = 20;

/** Undefined on the embedded store, which takes no rows from outside. */
export async function measurePages(
  bench: Bench,
  rows: number,
  { effort, rounds }: { effort: Effort; rounds: number },
): Promise<Pages | undefined> {
  if (bench.databaseUrl === undefined || rows === 0) return undefined;
  const [first, deep] = (await fillPages({ ...bench, databaseUrl: bench.databaseUrl }, rows)).map(repeat);
  if (first === undefined || deep === undefined) throw new Error('a list has two ends');
  const turns = await takeTurns(first, deep, { effort, rounds });
  return { rows, first: turns.one, deep: turns.other };
}

/** Makes so many links, older than all there are, and answers how the list's first and last page are asked for. */
export async function fillPages(
  bench: Bench & { readonly databaseUrl: string },
  rows: number,
): Promise<readonly [first: Load, last: Load]> {
  const headers = { ...bench.tenant.native?.headers };
  const { id } = await makeLink(pingAccess(bench));
  await fillLinks(bench.databaseUrl, { id, rows });
  const createdAt = await readOldest(bench.databaseUrl, id);
  // Each twin is a millisecond older than the one before, and no id comes before this one.
  createdAt.setMilliseconds(createdAt.getMilliseconds() + pageSize);
  const after = writeCursor({ createdAt, id: '00000000-0000-0000-0000-000000000000' });
  const page = (parameters: string): Load => ({
    urls: [`${bench.urls[0]}/v1/links?limit=${pageSize}${parameters}`],
    method: 'GET',
    headers,
  });
  return [page(''), page(`&after=${after}`)];
}

/** When the oldest link of the tenant that has this one was made. */
async function readOldest(databaseUrl: string, id: string): Promise<Date> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ oldest: Date }>(
      'select min(created_at) as oldest from links where tenant_id = (select tenant_id from links where id = $1)',
      [id],
    );
    return rows[0]?.oldest ?? new Date(Number.NaN);
  } finally {
    await client.end();
  }
}
