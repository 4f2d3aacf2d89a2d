import type { Queryable } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Invariant } from './invariants.ts';

/** A row that breaks an invariant. */
export interface Breach {
  readonly tenantId: TenantId;
  readonly id: string | null;
}

/** How many rows break an invariant, and the first few of them. */
export async function selectBreaches(
  queryable: Queryable,
  invariant: Invariant,
  scope: { tenantId: TenantId | null; wallNow: Date; examples: number },
): Promise<{ rows: number; examples: Breach[] }> {
  const rows = await queryable.query<Breach & { total: bigint }>(
    `select tenant_id as "tenantId", id, count(*) over () as total
     from (${invariant.sql}) breach where $2::timestamptz is not null limit $3`,
    [scope.tenantId, scope.wallNow, scope.examples],
  );
  return { rows: Number(rows[0]?.total ?? 0n), examples: rows.map(({ tenantId, id }) => ({ tenantId, id })) };
}

/** Approved operations of tenants at one connector, to be compared with the processor's own book. */
export async function selectApproved(
  queryable: Queryable,
  scope: { tenantId: TenantId | null; connector: string },
): Promise<{ reference: string; kind: string; amount: bigint; currency: string }[]> {
  return queryable.query(
    `select reference, kind, amount, currency from operations
     where ($1::uuid is null or tenant_id = $1) and connector = $2 and status = 'approved'`,
    [scope.tenantId, scope.connector],
  );
}

/** Text columns in which no card number may stand. */
export async function selectFreeText(
  queryable: Queryable,
  tenantId: TenantId | null,
  limit: number,
): Promise<{ id: string; text: string }[]> {
  return queryable.query(
    `select id, text from (
       select o.id, concat_ws(' ', o.message, o.code, o.reason, o.card::text, o.parameters::text) as text, o.created_at
       from operations o where ($1::uuid is null or o.tenant_id = $1)
       union all
       select p.id, p.particulars::text, p.created_at from payments p where ($1::uuid is null or p.tenant_id = $1)
       union all
       select l.id, concat_ws(' ', l.items::text, l.methods::text, l.particulars::text), l.created_at
       from links l where ($1::uuid is null or l.tenant_id = $1)
       union all
       select c.id, c.last_error, c.created_at from callbacks c where ($1::uuid is null or c.tenant_id = $1) and c.last_error is not null
     ) texts order by created_at desc limit $2`,
    [tenantId, limit],
  );
}
