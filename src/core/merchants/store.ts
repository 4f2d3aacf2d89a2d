import type { Queryable } from '#db/database.ts';
import type { MerchantId, TenantId } from '#kit/ids.ts';
import type { Merchant } from './merchant.ts';

const columns =
  'tenant_id as "tenantId", id, name, organisation_number as "organisationNumber", created_at as "createdAt"';

export async function insertMerchant(queryable: Queryable, merchant: Merchant): Promise<void> {
  await queryable.query(
    `insert into merchants (tenant_id, id, name, organisation_number, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [merchant.tenantId, merchant.id, merchant.name, merchant.organisationNumber, merchant.createdAt],
  );
}

/** Newest first, from after a position on. */
export async function selectMerchants(
  queryable: Queryable,
  tenantId: TenantId,
  page: { before: { createdAt: Date; id: string } | null; limit: number },
): Promise<Merchant[]> {
  return queryable.query<Merchant>(
    `select ${columns} from merchants
     where tenant_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
     order by created_at desc, id desc limit $4`,
    [tenantId, page.before?.createdAt ?? null, page.before?.id ?? null, page.limit],
  );
}

export async function selectMerchant(
  queryable: Queryable,
  tenantId: TenantId,
  id: MerchantId,
): Promise<Merchant | undefined> {
  const rows = await queryable.query<Merchant>(
    `select ${columns} from merchants where tenant_id = $1 and id = $2`,
    [tenantId, id],
  );
  return rows[0];
}

/** Those of the merchants named that exist. */
export async function selectKnownMerchants(
  queryable: Queryable,
  named: readonly { tenantId: TenantId; id: MerchantId }[],
): Promise<{ tenantId: TenantId; id: MerchantId }[]> {
  return queryable.query(
    `select tenant_id as "tenantId", id from merchants
     where (tenant_id, id) in (select * from unnest($1::uuid[], $2::uuid[]))`,
    [named.map((one) => one.tenantId), named.map((one) => one.id)],
    'select-known-merchants',
  );
}
