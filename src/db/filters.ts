/** Conditions and orders that a caller chose, as SQL: columns come from a list of ours, values go as parameters. */
import type { Filter, FilterMethod, Search } from '#kit/search.ts';

/** The condition, its parameters numbered from `firstParameter` on. */
export function whereOf(
  { filters, any, always = [] }: Pick<Search, 'filters' | 'any' | 'always'>,
  firstParameter: number,
): { sql: string; values: unknown[] } {
  const values: unknown[] = [];
  const place = (value: unknown): string => {
    values.push(value);
    return `$${firstParameter + values.length - 1}`;
  };
  const conditions = (ones: readonly Filter[]) => ones.map((filter) => `(${conditionOf(filter, place)})`);
  const asked = conditions(filters).join(any ? ' or ' : ' and ');
  const sql = [...conditions(always), ...(asked === '' ? [] : [`(${asked})`])].join(' and ');
  return { sql: sql === '' ? 'true' : `(${sql})`, values };
}

/** The list to order by, ending with `last`, so that no two rows change places. */
export function orderOf({ order }: Pick<Search, 'order'>, last: string): string {
  return [
    ...order.map(({ column, descending }) => `${column.sql} ${descending ? 'desc' : 'asc'}`),
    last,
  ].join(', ');
}

function conditionOf({ column, method, values }: Filter, place: (value: unknown) => string): string {
  const { sql, type } = column;
  const [first = '', second = ''] = values;
  const one = (value: string) => `${place(value)}::${type}`;
  const like = (value: string) => place(`%${value.replace(/[\\%_]/g, '\\$&')}%`);
  const list = () => `any(${place(values)}::${type}[])`;
  const conditions = {
    is: () => `${sql} = ${one(first)}`,
    is_not: () => `${sql} is distinct from ${one(first)}`,
    lt: () => `${sql} < ${one(first)}`,
    lte: () => `${sql} <= ${one(first)}`,
    gt: () => `${sql} > ${one(first)}`,
    gte: () => `${sql} >= ${one(first)}`,
    range: () => `${sql} between ${one(first)} and ${one(second)}`,
    not_in_range: () => `not (${sql} between ${one(first)} and ${one(second)})`,
    contains: () => `${sql}::text like ${like(first)}`,
    contains_not: () => `${sql}::text not like ${like(first)}`,
    icontains: () => `${sql}::text ilike ${like(first)}`,
    icontains_not: () => `${sql}::text not ilike ${like(first)}`,
    in: () => `${sql} = ${list()}`,
    not_in: () => `not (${sql} = ${list()})`,
    is_null: () => `(${sql} is null) = ${place(first === 'true')}::boolean`,
  } satisfies Record<FilterMethod, () => string>;
  return conditions[method]();
}
