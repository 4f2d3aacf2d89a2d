import { invalid } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';

/** A place in a list that is ordered by age: the row after which the next page begins. */
export interface Position {
  readonly createdAt: Date;
  readonly id: string;
}

export interface Page<Item> {
  readonly data: Item[];
  /** To be given as `after`; null where the list ends. */
  readonly next: string | null;
}

/** A position as callers carry it; they are not to look into it. */
export function writeCursor({ createdAt, id }: Position): string {
  return Buffer.from(`${createdAt.toISOString()}/${id}`).toString('base64url');
}

/**
 * The position of a cursor we gave, in the parameter of this name. Nothing, or the empty text, is the beginning; anything
 * else is `validation_failed`.
 */
export function readCursor(cursor: string | undefined, parameter = 'after'): Position | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  const [instant = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split('/');
  const createdAt = new Date(instant);
  const whole = isUuid(id) && !Number.isNaN(createdAt.getTime());
  if (!whole || writeCursor({ createdAt, id }) !== cursor) {
    throw invalid(
      parameter,
      'invalid_format',
      `${parameter} is not a cursor that a list answered as its next.`,
    );
  }
  return { createdAt, id };
}

/** A page of at most `limit` of the rows, where one row more was asked for to learn whether the list goes on. */
export function writePage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  write: (row: Row) => Item,
  positionOf: (row: Row) => string,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: shown.map(write),
    next: rows.length > limit && last !== undefined ? positionOf(last) : null,
  };
}
