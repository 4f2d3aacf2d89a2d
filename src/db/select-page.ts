import type { Page } from '#kit/page.ts';
import type { Queryable } from './database.ts';

/**
 * Reads a page by keyset. `sql` ends in a condition and has `parameters`; `by` names the columns of instant and id that
 * order the list. Answers newest first, whichever way was read.
 */
export async function selectPage<Row>(
  queryable: Queryable,
  list: { sql: string; parameters: readonly unknown[]; by: readonly [at: string, id: string] },
  page: Page,
): Promise<Row[]> {
  const [at, id] = list.by;
  const [position, beyond, direction] =
    page.after === undefined ? [page.before, '<', 'desc'] : [page.after, '>', 'asc'];
  const next = list.parameters.length + 1;
  const rows = await queryable.query<Row>(
    `${list.sql} and ($${next}::timestamptz is null or (${at}, ${id}) ${beyond} ($${next}, $${next + 1}::uuid))
     order by ${at} ${direction}, ${id} ${direction} limit $${next + 2}`,
    [...list.parameters, position?.createdAt ?? null, position?.id ?? null, page.limit],
  );
  return page.after === undefined ? rows : rows.toReversed();
}
