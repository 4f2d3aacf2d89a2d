import type { Queryable } from '#db/database.ts';
import type { MerchantId, TenantId } from '#kit/ids.ts';
import type { Merchant } from './merchant.ts';

const columns = `id, tenant_id as "tenantId", name, organisation_number as "organisationNumber", created_at as "createdAt"`;

export async function insertMerchant(queryable: Queryable, merchant: Merchant): Promise<void> {
  await queryable.query(
    `insert into merchants (tenant_id, id, name, organisation_number, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [merchant.tenantId, merchant.id, merchant.name, merchant.organisationNumber, merchant.createdAt],
  );
}

export async function selectMerchants(
  queryable: Queryable,
  tenantId: TenantId,
  ids: readonly MerchantId[],
): Promise<Merchant[]> {
  return queryable.query<Merchant>(
    `select ${columns} from merchants where tenant_id = $1 and id = any($2::uuid[])`,
    [tenantId, ids],
    'select-merchants',
  );
}
