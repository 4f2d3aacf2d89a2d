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

/**
 * Writes objects, or what is new of them, in one order everywhere; answers each with its id, whether it is new and whether
 * it is other than before.
 */
export async function upsertObjects(
  transaction: Transaction,
  tenantId: TenantId,
  kind: PracticeKind,
  rows: readonly { externalId: string; fields: unknown }[],
  at: Date,
): Promise<{ externalId: string; id: bigint; isNew: boolean; isChanged: boolean }[]> {
  return transaction.query(
    `insert into practice_objects (tenant_id, kind, external_id, fields, created_at, modified_at)
     select $1, $2, external_id, fields, $5, $5 from unnest($3::text[], $4::jsonb[]) as given (external_id, fields) order by external_id
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

/** The id of the object of this kind and external id, of each tenant that has it. */
export async function selectIdsOfTenants(
  queryable: Queryable,
  tenantIds: readonly TenantId[],
  kind: PracticeKind,
  externalId: string,
): Promise<{ tenantId: TenantId; id: bigint }[]> {
  return queryable.query(
    `select tenant_id as "tenantId", id from practice_objects
     where tenant_id = any($1::uuid[]) and kind = $2 and external_id = $3`,
    [tenantIds, kind, externalId],
    'select-practice-ids-of-tenants',
  );
}

/** The objects named, of whichever tenants they are. */
export async function selectNamedObjects(
  queryable: Queryable,
  named: readonly Pick<PracticeObject, 'tenantId' | 'kind' | 'id'>[],
): Promise<PracticeObject[]> {
  return queryable.query<PracticeObject>(
    `select ${columns} from practice_objects o
     where (o.tenant_id, o.kind, o.id) in (select * from unnest($1::uuid[], $2::text[], $3::bigint[]))`,
    [named.map(({ tenantId }) => tenantId), named.map(({ kind }) => kind), named.map(({ id }) => id)],
    'select-named-practice-objects',
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
    'select-practice-object',
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

export async function selectObjectsByIds<Kind extends PracticeKind>(
  queryable: Queryable,
  tenantId: TenantId,
  kind: Kind,
  ids: readonly bigint[],
): Promise<PracticeObject<Kind>[]> {
  return queryable.query(
    `select ${columns} from practice_objects o where o.tenant_id = $1 and o.kind = $2 and o.id = any($3::bigint[])`,
    [tenantId, kind, ids],
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
/** Which client, of which tenant. */
export type ClientName = Pick<PracticeObject<'client'>, 'tenantId' | 'id'>;

export async function selectPhones(
  queryable: Queryable,
  clients: readonly ClientName[],
): Promise<PracticeObject<'phonenumber'>[]> {
  return queryable.query(
    `select ${columns} from practice_objects o
     where o.kind = 'phonenumber' and (o.tenant_id, o.fields->>'clientId') in (select * from unnest($1::uuid[], $2::text[]))
     order by (o.fields->>'preferred')::boolean desc, o.id`,
    [clients.map(({ tenantId }) => tenantId), clients.map(({ id }) => String(id))],
    'select-practice-phones',
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

/** An object that has arrived and does not count yet. */
export interface StagedRow {
  readonly tenantId: TenantId;
  readonly importId: string;
  readonly externalId: string;
  /** Where it stands in what was sent. */
  readonly line: number;
  readonly fields: object;
  readonly references: Readonly<Record<string, string | null>>;
}

type StagedImport = Pick<StagedRow, 'tenantId' | 'importId'>;

export async function insertImport(
  queryable: Queryable,
  { tenantId, importId, kind, at }: StagedImport & { kind: PracticeKind; at: Date },
): Promise<void> {
  await queryable.query(
    'insert into practice_imports (tenant_id, id, kind, started_at) values ($1, $2, $3, $4)',
    [tenantId, importId, kind, at],
  );
}

export async function insertStaged(queryable: Queryable, rows: readonly StagedRow[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  await queryable.query(
    `insert into practice_import_rows (tenant_id, import_id, external_id, line, fields, refers_to)
     select $1, $2, * from unnest($3::text[], $4::int[], $5::jsonb[], $6::jsonb[])`,
    [
      first.tenantId,
      first.importId,
      rows.map((row) => row.externalId),
      rows.map((row) => row.line),
      rows.map((row) => JSON.stringify(row.fields)),
      rows.map((row) => JSON.stringify(row.references)),
    ],
    'insert-practice-import-rows',
  );
}

/** Keeps the sweep from an import until the transaction ends; false where it came first. */
export async function lockImport(
  transaction: Transaction,
  { tenantId, importId }: StagedImport,
): Promise<boolean> {
  const rows = await transaction.query(
    'select 1 from practice_imports where tenant_id = $1 and id = $2 for update',
    [tenantId, importId],
  );
  return rows.length > 0;
}

/** What was laid down, by external id: of several with one, the last. */
export async function selectStaged(
  queryable: Queryable,
  { tenantId, importId }: StagedImport,
  { after, limit }: { after: string; limit: number },
): Promise<StagedRow[]> {
  return queryable.query<StagedRow>(
    `select distinct on (external_id) tenant_id as "tenantId", import_id as "importId", external_id as "externalId", line, fields,
       refers_to as "references" from practice_import_rows
     where tenant_id = $1 and import_id = $2 and external_id > $3 order by external_id, line desc limit $4`,
    [tenantId, importId, after, limit],
    'select-practice-import-rows',
  );
}

/** Takes an import away with its rows. */
export async function deleteImport(
  queryable: Queryable,
  { tenantId, importId }: StagedImport,
): Promise<void> {
  await queryable.query('delete from practice_imports where tenant_id = $1 and id = $2', [
    tenantId,
    importId,
  ]);
}

/** The same for imports begun before `before` that nobody holds, at most `limit` of them; answers how many went. */
export async function deleteImportsBefore(
  queryable: Queryable,
  before: Date,
  limit: number,
): Promise<number> {
  const rows = await queryable.query(
    `delete from practice_imports where (tenant_id, id) in
       (select tenant_id, id from practice_imports where started_at < $1 order by started_at limit $2
        for update skip locked)
     returning 1`,
    [before, limit],
  );
  return rows.length;
}
