import type { Queryable, Transaction } from '#db/database.ts';
import { orderOf, whereOf } from '#db/filters.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Search } from '#kit/search.ts';
import type { Hook, HookFields, HookTrigger } from './hook.ts';

const columns = `h.tenant_id as "tenantId", h.id, h.dialect, h.name, h.trigger, h.url, h.department_id as "departmentId",
  h.content_type as "contentType", h.active, h.created_at as "createdAt", h.modified_at as "modifiedAt"`;

/** What a list may be filtered and ordered by. */
export const listColumns = {
  id: { sql: 'h.id', type: 'bigint' },
  name: { sql: 'h.name', type: 'text' },
  department: { sql: 'h.department_id', type: 'bigint' },
  active: { sql: 'h.active', type: 'boolean' },
  created: { sql: 'h.created_at', type: 'timestamptz' },
  modified: { sql: 'h.modified_at', type: 'timestamptz' },
} as const;

/** Undefined where the tenant has `limit` hooks already. */
export async function insertHook(
  transaction: Transaction,
  {
    tenantId,
    dialect,
    at,
    limit,
    ...fields
  }: HookFields & {
    tenantId: TenantId;
    dialect: string;
    at: Date;
    limit: number;
  },
): Promise<bigint | undefined> {
  const rows = await transaction.query<{ id: bigint }>(
    `insert into hooks (tenant_id, dialect, name, trigger, url, department_id, content_type, active, created_at, modified_at)
     select $1, $2, $3, $4, $5, $6::bigint, $7, $8::boolean, $9::timestamptz, $9
     where (select count(*) from hooks where tenant_id = $1) < $10 returning id`,
    [
      tenantId,
      dialect,
      fields.name,
      fields.trigger,
      fields.url,
      fields.departmentId,
      fields.contentType,
      fields.active,
      at,
      limit,
    ],
  );
  return rows[0]?.id;
}

export async function updateHook(
  transaction: Transaction,
  tenantId: TenantId,
  id: bigint,
  fields: HookFields,
  at: Date,
): Promise<void> {
  transaction.write(
    `update hooks set name = $3, trigger = $4, url = $5, department_id = $6, content_type = $7, active = $8, modified_at = $9
     where tenant_id = $1 and id = $2`,
    [
      tenantId,
      id,
      fields.name,
      fields.trigger,
      fields.url,
      fields.departmentId,
      fields.contentType,
      fields.active,
      at,
    ],
  );
}

/** Answers whether there was one. */
export async function deleteHook(transaction: Transaction, tenantId: TenantId, id: bigint): Promise<boolean> {
  const rows = await transaction.query('delete from hooks where tenant_id = $1 and id = $2 returning 1', [
    tenantId,
    id,
  ]);
  return rows.length > 0;
}

export async function selectHook(
  queryable: Queryable,
  tenantId: TenantId,
  id: bigint,
): Promise<Hook | undefined> {
  const rows = await queryable.query<Hook>(
    `select ${columns} from hooks h where h.tenant_id = $1 and h.id = $2`,
    [tenantId, id],
  );
  return rows[0];
}

/** The row lock under which a hook is changed. */
export async function lockHook(
  transaction: Transaction,
  tenantId: TenantId,
  id: bigint,
): Promise<Hook | undefined> {
  const rows = await transaction.query<Hook>(
    `select ${columns} from hooks h where h.tenant_id = $1 and h.id = $2 for update`,
    [tenantId, id],
  );
  return rows[0];
}

export async function selectHooks(
  queryable: Queryable,
  tenantId: TenantId,
  search: Search & { limit: number; offset: number },
): Promise<Hook[]> {
  const where = whereOf(search, 4);
  return queryable.query<Hook>(
    `select ${columns} from hooks h where h.tenant_id = $1 and ${where.sql}
     order by ${orderOf(search, 'h.id')} limit $2 offset $3`,
    [tenantId, search.limit, search.offset, ...where.values],
  );
}

export async function countHooks(queryable: Queryable, tenantId: TenantId, search: Search): Promise<number> {
  const where = whereOf(search, 2);
  const [row] = await queryable.query<{ count: number }>(
    `select count(*)::int as count from hooks h where h.tenant_id = $1 and ${where.sql}`,
    [tenantId, ...where.values],
  );
  return row?.count ?? 0;
}

/** Those of these tenants that are on, for these triggers. */
export async function selectHooksFor(
  queryable: Queryable,
  rings: readonly { readonly tenantId: TenantId; readonly trigger: HookTrigger }[],
): Promise<Hook[]> {
  return queryable.query<Hook>(
    `select ${columns} from hooks h
     where (h.tenant_id, h.trigger) in (select * from unnest($1::uuid[], $2::text[])) and h.active order by h.id`,
    [rings.map(({ tenantId }) => tenantId), rings.map(({ trigger }) => trigger)],
    'select-hooks-for',
  );
}
