import type { Queryable, Transaction } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';

export interface KeyRow {
  readonly tenantId: TenantId;
  readonly scope: string;
  readonly key: string;
  readonly hash: Buffer;
  /** Wrapped, so that a null result differs from one that is not known before the work is done. */
  readonly result: { readonly value: unknown } | null;
}

const columns = 'tenant_id as "tenantId", scope, key, input_hash as hash, result, created_at as "createdAt"';

/** A key as it was first used, at `createdAt` by the wall clock. */
export interface StoredKey extends KeyRow {
  readonly createdAt: Date;
}

/** Inserts the keys that are new and answers which those are, in no particular order. */
export async function insertKeys(
  transaction: Transaction,
  rows: readonly KeyRow[],
  at: Date,
): Promise<KeyRow[]> {
  return transaction.query<KeyRow>(
    `insert into idempotency_keys (tenant_id, scope, key, input_hash, result, created_at)
     select *, $6::timestamptz from unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::jsonb[])
     on conflict do nothing returning ${columns}`,
    [
      rows.map((row) => row.tenantId),
      rows.map((row) => row.scope),
      rows.map((row) => row.key),
      rows.map((row) => row.hash),
      rows.map((row) => (row.result === null ? null : JSON.stringify(row.result))),
      at,
    ],
    'insert-idempotency-keys',
  );
}

export async function selectKey(
  queryable: Queryable,
  tenantId: TenantId,
  scope: string,
  key: string,
): Promise<StoredKey | undefined> {
  const rows = await queryable.query<StoredKey>(
    `select ${columns} from idempotency_keys where tenant_id = $1 and scope = $2 and key = $3`,
    [tenantId, scope, key],
    'select-idempotency-key',
  );
  return rows[0];
}

/** Makes a key new again, if it still is what was seen of it: of several who try, one does. */
export async function renewKey(
  transaction: Transaction,
  row: KeyRow,
  seen: { createdAt: Date; at: Date },
): Promise<boolean> {
  const rows = await transaction.query(
    `update idempotency_keys set created_at = $5, input_hash = $6, result = $7
     where tenant_id = $1 and scope = $2 and key = $3 and created_at = $4 returning 1`,
    [
      row.tenantId,
      row.scope,
      row.key,
      seen.createdAt,
      seen.at,
      row.hash,
      row.result === null ? null : JSON.stringify(row.result),
    ],
  );
  return rows.length > 0;
}

export async function updateResult(transaction: Transaction, row: KeyRow): Promise<void> {
  transaction.write(
    'update idempotency_keys set result = $4 where tenant_id = $1 and scope = $2 and key = $3',
    [row.tenantId, row.scope, row.key, JSON.stringify(row.result)],
    'update-idempotency-result',
  );
}

export async function deleteKeys(
  transaction: Transaction,
  rows: readonly Pick<KeyRow, 'tenantId' | 'scope' | 'key'>[],
): Promise<void> {
  transaction.write(
    'delete from idempotency_keys where (tenant_id, scope, key) in (select * from unnest($1::uuid[], $2::text[], $3::text[]))',
    [rows.map((row) => row.tenantId), rows.map((row) => row.scope), rows.map((row) => row.key)],
    'delete-idempotency-keys',
  );
}

/** Removes keys first used before `before`, at most `limit` of them, and answers how many went. */
export async function deleteKeysBefore(queryable: Queryable, before: Date, limit: number): Promise<number> {
  const rows = await queryable.query(
    `delete from idempotency_keys where (tenant_id, scope, key) in
       (select tenant_id, scope, key from idempotency_keys where created_at < $1 order by created_at limit $2)
     returning 1`,
    [before, limit],
  );
  return rows.length;
}
