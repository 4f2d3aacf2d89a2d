import type { Queryable, Transaction } from '#db/database.ts';
import { selectPage } from '#db/select-page.ts';
import type { MerchantId, TenantId } from '#kit/ids.ts';
import type { Page } from '#kit/page.ts';
import type { Merchant, MerchantStatus } from './merchant.ts';

const columns =
  'tenant_id as "tenantId", id, name, organisation_number as "organisationNumber", status, given, version, created_at as "createdAt"';

export async function insertMerchant(queryable: Queryable, merchant: Merchant): Promise<void> {
  await queryable.query(
    `insert into merchants (tenant_id, id, name, organisation_number, status, given, created_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [
      merchant.tenantId,
      merchant.id,
      merchant.name,
      merchant.organisationNumber,
      merchant.status,
      JSON.stringify(merchant.given),
      merchant.createdAt,
    ],
  );
}

export async function selectMerchants(
  queryable: Queryable,
  tenantId: TenantId,
  page: Page,
): Promise<Merchant[]> {
  return selectPage<Merchant>(
    queryable,
    {
      sql: `select ${columns} from merchants where tenant_id = $1`,
      parameters: [tenantId],
      by: ['created_at', 'id'],
    },
    page,
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

/** Those of the merchants named that exist and were not denied. */
export async function selectKnownMerchants(
  queryable: Queryable,
  named: readonly { tenantId: TenantId; id: MerchantId }[],
): Promise<{ tenantId: TenantId; id: MerchantId }[]> {
  return queryable.query(
    `select tenant_id as "tenantId", id from merchants
     where (tenant_id, id) in (select * from unnest($1::uuid[], $2::uuid[])) and status <> 'denied'`,
    [named.map((one) => one.tenantId), named.map((one) => one.id)],
    'select-known-merchants',
  );
}

/** The tenants that have a merchant of this id: one, or two that chose the same. */
export async function selectOwners(queryable: Queryable, id: MerchantId): Promise<TenantId[]> {
  const rows = await queryable.query<{ tenantId: TenantId }>(
    'select tenant_id as "tenantId" from merchants where id = $1 limit 2',
    [id],
    'select-merchant-owners',
  );
  return rows.map(({ tenantId }) => tenantId);
}

export async function selectMerchantsNamed(
  queryable: Queryable,
  tenantId: TenantId,
  ids: readonly MerchantId[],
): Promise<Merchant[]> {
  return queryable.query<Merchant>(
    `select ${columns} from merchants where tenant_id = $1 and id = any($2::uuid[])`,
    [tenantId, ids],
  );
}

/** Moves a merchant on, compare-and-set on its version. */
export async function updateStatus(
  transaction: Transaction,
  merchant: Merchant,
  status: MerchantStatus,
): Promise<Merchant | undefined> {
  const rows = await transaction.query<Merchant>(
    `update merchants set status = $4, version = version + 1 where tenant_id = $1 and id = $2 and version = $3
     returning ${columns}`,
    [merchant.tenantId, merchant.id, merchant.version, status],
  );
  return rows[0];
}

export async function lockMerchant(
  transaction: Transaction,
  tenantId: TenantId,
  id: MerchantId,
): Promise<Merchant | undefined> {
  const rows = await transaction.query<Merchant>(
    `select ${columns} from merchants where tenant_id = $1 and id = $2 for no key update`,
    [tenantId, id],
  );
  return rows[0];
}
