import type { Queryable, Transaction } from '#db/database.ts';
import { selectPage } from '#db/select-page.ts';
import type { DisbursementId, MerchantId, OrderId, PaymentId, PayoutId, TenantId } from '#kit/ids.ts';
import type { Page } from '#kit/page.ts';
import type { Allocation } from './allocation.ts';

const columns = `a.id, a.tenant_id as "tenantId", a.order_id as "orderId", a.payment_id as "paymentId", a.round, a.item, a.share,
  a.recipient_type as "recipientType", a.merchant_id as "merchantId", a.item_merchant_id as "itemMerchantId",
  a.recipient_name as "recipientName", a.label, a.reference, a.metadata, a.currency, a.amount, a.allocated_at as "allocatedAt",
  a.settled_at as "settledAt", a.disbursement_id as "disbursementId", a.payout_id as "payoutId"`;

export async function insertAllocations(
  transaction: Transaction,
  rows: readonly Allocation[],
): Promise<void> {
  transaction.write(
    `insert into allocations (tenant_id, id, order_id, payment_id, round, item, share, recipient_type, merchant_id, item_merchant_id,
       recipient_name, label, reference, metadata, currency, amount, allocated_at)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::int[], $7::int[], $8::text[], $9::uuid[],
       $10::uuid[], $11::text[], $12::text[], $13::text[], $14::jsonb[], $15::text[], $16::bigint[], $17::timestamptz[])`,
    [
      rows.map((row) => row.tenantId),
      rows.map((row) => row.id),
      rows.map((row) => row.orderId),
      rows.map((row) => row.paymentId),
      rows.map((row) => row.round),
      rows.map((row) => row.item),
      rows.map((row) => row.share),
      rows.map((row) => row.recipientType),
      rows.map((row) => row.merchantId),
      rows.map((row) => row.itemMerchantId),
      rows.map((row) => row.recipientName),
      rows.map((row) => row.label),
      rows.map((row) => row.reference),
      rows.map((row) => JSON.stringify(row.metadata)),
      rows.map((row) => row.currency),
      rows.map((row) => row.amount),
      rows.map((row) => row.allocatedAt),
    ],
  );
}

export async function selectByPayment(
  queryable: Queryable,
  tenantId: TenantId,
  paymentId: PaymentId,
): Promise<Allocation[]> {
  return queryable.query<Allocation>(
    `select ${columns} from allocations a where a.tenant_id = $1 and a.payment_id = $2 order by a.round, a.item, a.share`,
    [tenantId, paymentId],
  );
}

export async function selectByOrder(
  queryable: Queryable,
  tenantId: TenantId,
  orderId: OrderId,
): Promise<Allocation[]> {
  return queryable.query<Allocation>(
    `select ${columns} from allocations a where a.tenant_id = $1 and a.order_id = $2
     order by a.allocated_at, a.payment_id, a.round, a.item, a.share`,
    [tenantId, orderId],
  );
}

/** What of an order is not settled yet, locked until the transaction ends. */
export async function lockUnsettled(
  transaction: Transaction,
  tenantId: TenantId,
  orderId: OrderId,
): Promise<Allocation[]> {
  return transaction.query<Allocation>(
    `select ${columns} from allocations a where a.tenant_id = $1 and a.order_id = $2 and a.settled_at is null
     order by a.id for update`,
    [tenantId, orderId],
  );
}

export interface AllocationFilter {
  readonly orderId?: OrderId;
  readonly paymentId?: PaymentId;
  readonly disbursementId?: DisbursementId;
  readonly payoutId?: PayoutId;
  readonly merchantId?: MerchantId;
}

export async function selectAllocations(
  queryable: Queryable,
  tenantId: TenantId,
  filter: AllocationFilter,
  page: Page,
): Promise<Allocation[]> {
  return selectPage<Allocation>(
    queryable,
    {
      sql: `select ${columns} from allocations a where a.tenant_id = $1 and ($2::uuid is null or a.order_id = $2)
        and ($3::uuid is null or a.payment_id = $3) and ($4::uuid is null or a.disbursement_id = $4)
        and ($5::uuid is null or a.payout_id = $5) and ($6::uuid is null or a.merchant_id = $6)`,
      parameters: [
        tenantId,
        filter.orderId ?? null,
        filter.paymentId ?? null,
        filter.disbursementId ?? null,
        filter.payoutId ?? null,
        filter.merchantId ?? null,
      ],
      by: ['a.allocated_at', 'a.id'],
    },
    page,
  );
}

export async function selectOfDisbursements(
  queryable: Queryable,
  tenantId: TenantId,
  disbursementIds: readonly DisbursementId[],
): Promise<Allocation[]> {
  return queryable.query<Allocation>(
    `select ${columns} from allocations a where a.tenant_id = $1 and a.disbursement_id = any($2::uuid[])
     order by a.payment_id, a.round, a.item, a.share`,
    [tenantId, disbursementIds],
  );
}

/** Marks allocations as settled, each with the payout it is part of. */
export async function updateSettled(
  transaction: Transaction,
  settlement: {
    tenantId: TenantId;
    disbursementId: DisbursementId;
    settledAt: Date;
    parts: readonly { allocation: Allocation; payoutId: PayoutId }[];
  },
): Promise<void> {
  transaction.write(
    `update allocations a set settled_at = $4, disbursement_id = $5, payout_id = given.payout_id
     from unnest($2::uuid[], $3::uuid[]) as given (id, payout_id)
     where a.tenant_id = $1 and a.id = given.id and a.settled_at is null`,
    [
      settlement.tenantId,
      settlement.parts.map(({ allocation }) => allocation.id),
      settlement.parts.map(({ payoutId }) => payoutId),
      settlement.settledAt,
      settlement.disbursementId,
    ],
  );
}
