import type { Queryable, Transaction } from '#db/database.ts';
import type { SealedColumn } from './sealed-columns.ts';

/** A row of a sealed column. */
export interface SealedRow {
  /** Its key, and what else its context is made of. */
  readonly identity: Readonly<Record<string, string>>;
  /** Null where there is no value, or nothing to be done about it. */
  readonly sealed: string | null;
}

type Flat = Readonly<Record<string, string>> & { readonly sealed: string | null };

function toRow({ sealed, ...identity }: Flat): SealedRow {
  return { identity, sealed };
}

export async function selectPepper(queryable: Queryable): Promise<string | undefined> {
  const rows = await queryable.query<{ sealed: string }>(
    `select secret_sealed as sealed from installation_secrets where name = 'pepper'`,
  );
  return rows[0]?.sealed;
}

/** Keeps it, unless another node has just kept its own. */
export async function insertPepper(queryable: Queryable, sealed: string, createdAt: Date): Promise<void> {
  await queryable.query(
    `insert into installation_secrets (name, secret_sealed, created_at) values ('pepper', $1, $2) on conflict do nothing`,
    [sealed, createdAt],
  );
}

export async function selectHasCredentials(queryable: Queryable): Promise<boolean> {
  return (await queryable.query('select 1 from credentials limit 1')).length > 0;
}

/** Any one row that has a value. */
export async function selectAnySealed(
  queryable: Queryable,
  { table, column, key }: SealedColumn,
): Promise<SealedRow | undefined> {
  const names = key.map(([name]) => `${name}::text`).join(', ');
  const rows = await queryable.query<Flat>(
    `select ${names}, ${column} as sealed from ${table} where ${column} is not null limit 1`,
  );
  return rows.map(toRow)[0];
}

/** The next rows in the order of their keys. A value under the key of `currentId` stays where it is. */
export async function selectSealed(
  queryable: Queryable,
  { table, column, key, more = [], batch }: SealedColumn,
  { currentId, after }: { currentId: string; after: SealedRow | undefined },
): Promise<SealedRow[]> {
  const names = key.map(([name]) => `t.${name}`).join(', ');
  const from = key.map(([, type], index) => `$${index + 3}::${type}`).join(', ');
  // Of a long value only the beginning is looked at.
  const rows = await queryable.query<Flat>(
    `select ${[...key.map(([name]) => name), ...more].map((name) => `t.${name}::text`).join(', ')},
       case when left(t.${column}, length($1)) <> $1 then t.${column} end as sealed
     from ${table} t ${after === undefined ? '' : `where (${names}) > (${from})`} order by ${names} limit $2`,
    [`${currentId}.`, batch, ...(after === undefined ? [] : key.map(([name]) => after.identity[name]))],
  );
  return rows.map(toRow);
}

/** Writes values that were sealed anew, each where nobody has meanwhile written another. Answers how many. */
export async function updateSealed(
  transaction: Transaction,
  { table, column, key }: SealedColumn,
  rows: readonly { readonly row: SealedRow; readonly resealed: string }[],
): Promise<number> {
  const lists = [...key.map(([, type]) => type), 'text', 'text'];
  const names = [...key.map(([name]) => name), 'was', 'now'];
  const written = await transaction.query(
    `update ${table} t set ${column} = given.now
     from unnest(${lists.map((type, index) => `$${index + 1}::${type}[]`).join(', ')}) as given (${names.join(', ')})
     where ${key.map(([name]) => `t.${name} = given.${name}`).join(' and ')} and t.${column} = given.was returning 1`,
    [
      ...key.map(([name]) => rows.map(({ row }) => row.identity[name])),
      rows.map(({ row }) => row.sealed),
      rows.map(({ resealed }) => resealed),
    ],
  );
  return written.length;
}
