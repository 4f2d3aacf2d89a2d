/** Pages, filters and orders of lists (facts 6.1): `field__method=value`, `ordering=field,-field`, `page`, `page_size`. */

import { CoreError, invalid } from '#kit/errors.ts';
import type { Filter, FilterColumn, FilterMethod, Search } from '#kit/search.ts';
import { isExposure } from './expose.ts';

export interface PageSearch extends Search {
  readonly page: number;
  readonly limit: number;
  readonly offset: number;
}

const usualPageSize = 50;
const maxPageSize = 1_000;

/** Values in one filter. */
const maxValues = 200;

const methods: Readonly<Record<string, FilterMethod>> = {
  is: 'is',
  eq: 'is',
  is_not: 'is_not',
  not_eq: 'is_not',
  neq: 'is_not',
  lt: 'lt',
  lte: 'lte',
  gt: 'gt',
  gte: 'gte',
  range: 'range',
  not_in_range: 'not_in_range',
  contains: 'contains',
  contains_not: 'contains_not',
  icontains: 'icontains',
  icontains_not: 'icontains_not',
  in: 'in',
  not_in: 'not_in',
  is_null: 'is_null',
};

/** What of a query is no filter. */
const ownNames: ReadonlySet<string> = new Set([
  'page',
  'page_size',
  'ordering',
  'filter_type',
  'include_archived',
]);

type Columns = Readonly<Record<string, FilterColumn>>;

/** Reads a list's query. What cannot be filtered or ordered by is `validation_failed`; a page that is none `not_found`. */
export function readSearch(query: Readonly<Record<string, unknown>>, columns: Columns): PageSearch {
  const page = readWhole(query.page, 1);
  const size = readWhole(query.page_size, usualPageSize);
  if (page === undefined) throw new CoreError('not_found', 'Invalid page.');
  if (size === undefined) throw invalid('page_size', 'out_of_range', 'A valid integer is required.');
  const limit = Math.min(size, maxPageSize);
  return {
    page,
    limit,
    offset: (page - 1) * limit,
    any: query.filter_type === 'or',
    filters: Object.entries(query)
      .filter(([name]) => !ownNames.has(name) && !isExposure(name))
      .map(([name, value]) => readFilter(name, value, columns)),
    order: readOrder(query.ordering, columns),
  };
}

/** How many pages of the usual size a page that is asked for makes. */
export function pagesOf({ page_size: size }: Readonly<Record<string, unknown>>): number {
  return Math.ceil(Math.min(readWhole(size, usualPageSize) ?? 1, maxPageSize) / usualPageSize);
}

function readWhole(value: unknown, absent: number): number | undefined {
  if (value === undefined) return absent;
  return typeof value === 'string' && /^[1-9]\d{0,6}$/.test(value) ? Number(value) : undefined;
}

function readOrder(value: unknown, columns: Columns): Search['order'] {
  if (value === undefined || value === '') return [];
  return String(value)
    .split(',')
    .map((name) => {
      const descending = name.startsWith('-');
      return { column: columnOf(descending ? name.slice(1) : name, 'ordering', columns), descending };
    });
}

function columnOf(name: string, property: string, columns: Columns): FilterColumn {
  const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
  if (column === undefined)
    throw invalid(property, 'unknown_field', `This list cannot be searched by ${name.slice(0, 60)}.`);
  return column;
}

function readFilter(name: string, value: unknown, columns: Columns): Filter {
  const [field = '', method = ''] = name.split('__');
  const column = columnOf(field, name, columns);
  const known = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (known === undefined || typeof value !== 'string')
    throw invalid(name, 'unknown_field', `There is no filter of this kind: ${method.slice(0, 60)}`);
  const values = isList(known) ? value.split(',') : [value];
  if (values.length > maxValues || (isRange(known) && values.length !== 2))
    throw invalid(name, 'out_of_range', isRange(known) ? 'Two values are required.' : 'Too many values.');
  return { column, method: known, values: values.map((one) => readValue(one, name, column, known)) };
}

function isRange(method: FilterMethod): boolean {
  return method === 'range' || method === 'not_in_range';
}

function isList(method: FilterMethod): boolean {
  return isRange(method) || method === 'in' || method === 'not_in';
}

const textMethods: ReadonlySet<FilterMethod> = new Set([
  'contains',
  'contains_not',
  'icontains',
  'icontains_not',
]);

/** The value as the column's type reads it; an address of an object stands for its id. */
function readValue(text: string, name: string, { type }: FilterColumn, method: FilterMethod): string {
  if (text.length > 500 || text.includes('\u0000'))
    throw invalid(name, 'out_of_range', 'Enter a valid value.');
  if (method === 'is_null') {
    if (/^(true|false|1|0)$/i.test(text)) return /^(true|1)$/i.test(text) ? 'true' : 'false';
    throw invalid(name, 'invalid_format', 'Must be a valid boolean.');
  }
  if (textMethods.has(method) || type === 'text') return text;
  const read = readers[type](text);
  if (read === undefined) throw invalid(name, 'invalid_format', 'Enter a valid value.');
  return read;
}

const readers = {
  bigint: (text) => /^(?:.*\/)?(\d{1,18})\/?$/.exec(text)?.[1],
  boolean: (text) => (/^(true|false)$/i.test(text) ? text.toLowerCase() : undefined),
  timestamptz: readInstant,
} as const satisfies Record<Exclude<FilterColumn['type'], 'text'>, (text: string) => string | undefined>;

/** `YYYY-MM-DD hh:mm+hh:mm`, or ISO 8601; without an offset it is UTC. */
function readInstant(text: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(text))
    return undefined;
  const iso = text.replace(' ', 'T');
  const ms = Date.parse(/T.*(Z|[+-]\d\d:?\d\d)$/.test(iso) || !iso.includes('T') ? iso : `${iso}Z`);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
