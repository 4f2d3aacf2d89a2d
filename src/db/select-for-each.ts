type KeyType = 'uuid' | 'text';

/**
 * The SQL of a read over rows for `queryRows`: what `select` finds for each of them. `given` names and types the columns of
 * the rows as `select` speaks of them (`g.tenant`), in the order of the parameters.
 *
 * Two things keep PostgreSQL to one look into an index for each row, which a plan kept since the table was small would
 * not be: behind `offset 0` no join by hash or merge is considered, and the arrays stand in selects of their own, so that
 * the planner does not see how long they are and keeps one plan instead of making one for each call.
 */
export function selectForEach(
  given: Readonly<Record<string, KeyType>>,
  select: string,
  orderBy: readonly string[] = [],
): string {
  const order =
    orderBy.length === 0 ? '' : ` order by ${orderBy.map((column) => `found.${column}`).join(', ')}`;
  return `select found.*, g.n::int as n
    from ${unnest(given)} with ordinality as g (${[...Object.keys(given), 'n'].join(', ')})
    cross join lateral (${select} offset 0) found${order}`;
}

/**
 * The SQL of a read by keys inside a statement of its own: what `select` finds for each key, once where a key is given
 * twice, and in the order of the keys. So where `select` ends in `for update`, nobody deadlocks. Planned as the above.
 */
export function selectByKeys(given: Readonly<Record<string, KeyType>>, select: string): string {
  const columns = Object.keys(given).join(', ');
  return `select found.*
    from (select distinct * from ${unnest(given)} as key (${columns}) order by ${columns}) g
    cross join lateral (${select} offset 0) found`;
}

function unnest(given: Readonly<Record<string, KeyType>>): string {
  const arrays = Object.values(given).map((type, index) => `(select $${index + 1}::${type}[])`);
  return `unnest(${arrays.join(', ')})`;
}
