import type { Queryable, Transaction } from '#db/database.ts';
import { orderOf, whereOf } from '#db/filters.ts';
import type { CustomerId, TenantId } from '#kit/ids.ts';
import type { FilterColumn, Search } from '#kit/search.ts';
import type { PracticeKind, PracticeObject } from './practice.ts';

const columns = `o.tenant_id as "tenantId", o.id, o.kind, o.external_id as "externalId", o.fields, o.created_at as "createdAt",
  o.modified_at as "modifiedAt"`;

/** What every kind may be searched by. */
export const ownColumns = {
  id: { sql: 'o.id', type: 'bigint' },
  external_id: { sql: 'o.external_id', type: 'text' },
  created: { sql: 'o.created_at', type: 'timestamptz' },
  modified: { sql: 'o.modified_at', type: 'timestamptz' },
} as const;

/** A text among the fields; `name` is one of ours, never a caller's. */
export function textColumn(name: string): FilterColumn {
  return { sql: `(o.fields->>'${name}')`, type: 'text' };
}

/** A whole number among the fields, or the id of another object. */
export function idColumn(name: string): FilterColumn {
  return { sql: `(o.fields->>'${name}')::bigint`, type: 'bigint' };
}

/** Writes objects, or what is new of them; answers each with its id, whether it is new and whether it is other than before. */
export async function upsertObjects(
  transaction: Transaction,
  tenantId: TenantId,
  kind: PracticeKind,
  rows: readonly { externalId: string; fields: unknown }[],
  at: Date,
): Promise<{ externalId: string; id: bigint; isNew: boolean; isChanged: boolean }[]> {
  return transaction.query(
    `insert into practice_objects (tenant_id, kind, external_id, fields, created_at, modified_at)
     select $1, $2, external_id, fields, $5, $5 from unnest($3::text[], $4::jsonb[]) as given (external_id, fields)
     on conflict (tenant_id, kind, external_id) do update set fields = excluded.fields,
       modified_at = case when practice_objects.fields = excluded.fields then practice_objects.modified_at else excluded.modified_at end
     returning external_id as "externalId", id, xmax = 0 as "isNew", modified_at = $5 as "isChanged"`,
    [tenantId, kind, rows.map((row) => row.externalId), rows.map((row) => JSON.stringify(row.fields)), at],
  );
}

/** Ids by external id, of those there are. */
export async function selectIds(
  queryable: Queryable,
  tenantId: TenantId,
  kind: PracticeKind,
  externalIds: readonly string[],
): Promise<{ externalId: string; id: bigint }[]> {
  return queryable.query(
    `select external_id as "externalId", id from practice_objects
     where tenant_id = $1 and kind = $2 and external_id = any($3::text[])`,
    [tenantId, kind, externalIds],
  );
}

export async function selectObject<Kind extends PracticeKind>(
  queryable: Queryable,
  tenantId: TenantId,
  kind: Kind,
  id: bigint,
): Promise<PracticeObject<Kind> | undefined> {
  const rows = await queryable.query<PracticeObject<Kind>>(
    `select ${columns} from practice_objects o where o.tenant_id = $1 and o.kind = $2 and o.id = $3`,
    [tenantId, kind, id],
  );
  return rows[0];
}

/** The row lock under which an invoice's money is counted. */
export async function lockObject(
  transaction: Transaction,
  tenantId: TenantId,
  kind: PracticeKind,
  id: bigint,
): Promise<void> {
  transaction.write(
    'select 1 from practice_objects where tenant_id = $1 and kind = $2 and id = $3 for update',
    [tenantId, kind, id],
  );
}

export async function selectObjects<Kind extends PracticeKind>(
  queryable: Queryable,
  tenantId: TenantId,
  kind: Kind,
  search: Search & { limit: number; offset: number },
): Promise<PracticeObject<Kind>[]> {
  const where = whereOf(search, 5);
  return queryable.query(
    `select ${columns} from practice_objects o where o.tenant_id = $1 and o.kind = $2 and ${where.sql}
     order by ${orderOf(search, 'o.id')} limit $3 offset $4`,
    [tenantId, kind, search.limit, search.offset, ...where.values],
  );
}

export async function countObjects(
  queryable: Queryable,
  tenantId: TenantId,
  kind: PracticeKind,
  search: Search,
): Promise<number> {
  const where = whereOf(search, 3);
  const [row] = await queryable.query<{ count: number }>(
    `select count(*)::int as count from practice_objects o where o.tenant_id = $1 and o.kind = $2 and ${where.sql}`,
    [tenantId, kind, ...where.values],
  );
  return row?.count ?? 0;
}

/** Phone numbers of clients: the preferred one of each first. */
export async function selectPhones(
  queryable: Queryable,
  tenantId: TenantId,
  clientIds: readonly bigint[],
): Promise<PracticeObject<'phonenumber'>[]> {
  return queryable.query(
    `select ${columns} from practice_objects o
     where o.tenant_id = $1 and o.kind = 'phonenumber' and o.fields->>'clientId' = any($2::text[])
     order by (o.fields->>'preferred')::boolean desc, o.id`,
    [tenantId, clientIds.map(String)],
  );
}

export interface PayerRow {
  readonly clientId: bigint;
  readonly customerId: CustomerId;
}

export async function insertPayer(
  transaction: Transaction,
  tenantId: TenantId,
  { clientId, customerId }: PayerRow,
): Promise<void> {
  transaction.write('insert into practice_payers (tenant_id, client_id, customer_id) values ($1, $2, $3)', [
    tenantId,
    clientId,
    customerId,
  ]);
}

/** Under whom the cards of clients are kept, of those who have any. */
export async function selectPayers(
  queryable: Queryable,
  tenantId: TenantId,
  clientIds: readonly bigint[],
): Promise<PayerRow[]> {
  return queryable.query<PayerRow>(
    `select client_id as "clientId", customer_id as "customerId" from practice_payers
     where tenant_id = $1 and client_id = any($2::bigint[])`,
    [tenantId, clientIds],
  );
}
