/** What a caller searches a list by: filters and an order, over columns that are ours. */

/** What a caller can ask of a column. */
const filterMethods = [
  'is',
  'is_not',
  'lt',
  'lte',
  'gt',
  'gte',
  'range',
  'not_in_range',
  'contains',
  'contains_not',
  'icontains',
  'icontains_not',
  'in',
  'not_in',
  'is_null',
] as const;

export type FilterMethod = (typeof filterMethods)[number];

/** A column that may be filtered and ordered by. */
export interface FilterColumn {
  readonly sql: string;
  readonly type: 'bigint' | 'text' | 'timestamptz' | 'boolean';
}

export interface Filter {
  readonly column: FilterColumn;
  readonly method: FilterMethod;
  readonly values: readonly string[];
}

export interface Search {
  readonly filters: readonly Filter[];
  /** Whether one of the filters is enough. */
  readonly any: boolean;
  /** Filters that hold besides, whatever was asked for. */
  readonly always?: readonly Filter[];
  readonly order: readonly { readonly column: FilterColumn; readonly descending: boolean }[];
}
