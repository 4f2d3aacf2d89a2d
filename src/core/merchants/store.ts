import type { Queryable } from '#db/database.ts';
import type { MerchantId, TenantId } from '#kit/ids.ts';
import type { Merchant } from './merchant.ts';

export async function insertMerchant(queryable: Queryable, merchant: Merchant): Promise<void> {
  await queryable.query(
    `insert into merchants (tenant_id, id, name, organisation_number, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [merchant.tenantId, merchant.id, merchant.name, merchant.organisationNumber, merchant.createdAt],
  );
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
