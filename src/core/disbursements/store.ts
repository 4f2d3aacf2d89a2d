import type { Queryable, Transaction } from '#db/database.ts';
import { selectPage } from '#db/select-page.ts';
import type { DisbursementId, PayoutId, TenantId } from '#kit/ids.ts';
import type { Page } from '#kit/page.ts';
import type { Disbursement, Payout } from './disbursement.ts';

const columns = `id, tenant_id as "tenantId", order_id as "orderId", currency, amount, callback_url as "callbackUrl",
  disbursed_at as "disbursedAt"`;

const payoutColumns = `id, tenant_id as "tenantId", disbursement_id as "disbursementId", recipient_type as "recipientType",
  merchant_id as "merchantId", currency, amount, completed_at as "completedAt"`;

export async function insertDisbursement(transaction: Transaction, row: Disbursement): Promise<void> {
  transaction.write(
    `insert into disbursements (tenant_id, id, order_id, currency, amount, callback_url, disbursed_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [row.tenantId, row.id, row.orderId, row.currency, row.amount, row.callbackUrl, row.disbursedAt],
  );
}

export async function insertPayouts(transaction: Transaction, rows: readonly Payout[]): Promise<void> {
  transaction.write(
    `insert into payouts (tenant_id, id, disbursement_id, recipient_type, merchant_id, currency, amount, completed_at)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::bigint[], $8::timestamptz[])`,
    [
      rows.map((row) => row.tenantId),
      rows.map((row) => row.id),
      rows.map((row) => row.disbursementId),
      rows.map((row) => row.recipientType),
      rows.map((row) => row.merchantId),
      rows.map((row) => row.currency),
      rows.map((row) => row.amount),
      rows.map((row) => row.completedAt),
    ],
  );
}

export async function selectDisbursement(
  queryable: Queryable,
  tenantId: TenantId,
  id: DisbursementId,
): Promise<Disbursement | undefined> {
  const rows = await queryable.query<Disbursement>(
    `select ${columns} from disbursements where tenant_id = $1 and id = $2`,
    [tenantId, id],
  );
  return rows[0];
}

/** Instants of the tenant's time; from is inclusive, to exclusive. */
export interface Between {
  readonly from?: Date;
  readonly to?: Date;
}

export async function selectDisbursements(
  queryable: Queryable,
  tenantId: TenantId,
  between: Between,
  page: Page,
): Promise<Disbursement[]> {
  return selectPage<Disbursement>(
    queryable,
    {
      sql: `select ${columns} from disbursements where tenant_id = $1
        and ($2::timestamptz is null or disbursed_at >= $2) and ($3::timestamptz is null or disbursed_at < $3)`,
      parameters: [tenantId, between.from ?? null, between.to ?? null],
      by: ['disbursed_at', 'id'],
    },
    page,
  );
}

export async function selectPayout(
  queryable: Queryable,
  tenantId: TenantId,
  id: PayoutId,
): Promise<Payout | undefined> {
  const rows = await queryable.query<Payout>(
    `select ${payoutColumns} from payouts where tenant_id = $1 and id = $2`,
    [tenantId, id],
  );
  return rows[0];
}

export async function selectPayouts(
  queryable: Queryable,
  tenantId: TenantId,
  between: Between,
  page: Page,
): Promise<Payout[]> {
  return selectPage<Payout>(
    queryable,
    {
      sql: `select ${payoutColumns} from payouts where tenant_id = $1
        and ($2::timestamptz is null or completed_at >= $2) and ($3::timestamptz is null or completed_at < $3)`,
      parameters: [tenantId, between.from ?? null, between.to ?? null],
      by: ['completed_at', 'id'],
    },
    page,
  );
}
