import type { Queryable } from './database.ts';

/** Whether the database answers. */
export async function isReachable(queryable: Queryable): Promise<boolean> {
  return queryable.query('select 1').then(
    () => true,
    () => false,
  );
}
