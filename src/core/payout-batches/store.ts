import type { Queryable, Transaction } from '#db/database.ts';
import { selectPage } from '#db/select-page.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Page } from '#kit/page.ts';
import type { BatchId, BatchStatus, PayoutBatch } from './batch.ts';

const columns = `b.tenant_id as "tenantId", b.id, b.account_id as "accountId", b.sub_account_id as "subAccountId", b.reference,
  b.input_hash as "inputHash", b.funding_type as "fundingType", b.expected_total as "expectedTotal",
  b.expected_count as "expectedCount", b.total, b.payouts, b.status, b.version, b.created_at as "createdAt"`;

/** Writes a new batch; answers false where its reference is taken. */
export async function insertBatch(transaction: Transaction, batch: PayoutBatch): Promise<boolean> {
  const rows = await transaction.query(
    `insert into payout_batches (tenant_id, id, account_id, sub_account_id, reference, input_hash, funding_type,
       expected_total, expected_count, status, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (tenant_id, reference) do nothing returning 1`,
    [
      batch.tenantId,
      batch.id,
      batch.accountId,
      batch.subAccountId,
      batch.reference,
      batch.inputHash,
      batch.fundingType,
      batch.expectedTotal,
      batch.expectedCount,
      batch.status,
      batch.createdAt,
    ],
    'insert-payout-batch',
  );
  return rows.length > 0;
}

export async function selectBatchByReference(
  queryable: Queryable,
  tenantId: TenantId,
  reference: string,
): Promise<PayoutBatch | undefined> {
  const rows = await queryable.query<PayoutBatch>(
    `select ${columns} from payout_batches b where b.tenant_id = $1 and b.reference = $2`,
    [tenantId, reference],
  );
  return rows[0];
}

export async function selectBatch(
  queryable: Queryable,
  tenantId: TenantId,
  id: BatchId,
): Promise<PayoutBatch | undefined> {
  const rows = await queryable.query<PayoutBatch>(
    `select ${columns} from payout_batches b where b.tenant_id = $1 and b.id = $2`,
    [tenantId, id],
    'select-payout-batch',
  );
  return rows[0];
}

export async function selectBatches(
  queryable: Queryable,
  tenantId: TenantId,
  page: Page,
): Promise<PayoutBatch[]> {
  const sql = `select ${columns} from payout_batches b where b.tenant_id = $1`;
  return selectPage(queryable, { sql, parameters: [tenantId], by: ['b.created_at', 'b.id'] }, page);
}

/** The row lock every change of a batch begins with; its payouts are locked after it. */
export async function lockBatch(
  transaction: Transaction,
  tenantId: TenantId,
  id: BatchId,
): Promise<PayoutBatch | undefined> {
  const rows = await transaction.query<PayoutBatch>(
    `select ${columns} from payout_batches b where b.tenant_id = $1 and b.id = $2 for no key update`,
    [tenantId, id],
    'lock-payout-batch',
  );
  return rows[0];
}

/**
 * Batches whose payouts have all gone further than the batch says, locked: none waits to be released any more, or none to be
 * funded, or all are over. Those somebody holds, or has moved since they were seen, are left for the next look: PostgreSQL
 * locks the row as it is now, and of one that has changed it asks everything again but that there is no such payout.
 */
export async function lockOvertaken(
  transaction: Transaction,
  tenantId: TenantId | null,
  limit: number,
): Promise<PayoutBatch[]> {
  return transaction.query<PayoutBatch>(
    `with seen as materialized (
       select b.tenant_id, b.id, b.version from payout_batches b
       where b.status in ('held', 'funding', 'processing') and ($1::uuid is null or b.tenant_id = $1)
         and not exists (select 1 from payout_orders p where p.tenant_id = b.tenant_id and p.batch_id = b.id
           and case b.status
             when 'held' then p.status in ('created', 'held')
             when 'funding' then p.status in ('created', 'held', 'loading')
             else p.status not in ('completed', 'voided', 'failed') end)
       order by b.tenant_id, b.id limit $2)
     select ${columns} from payout_batches b join seen on seen.tenant_id = b.tenant_id and seen.id = b.id
     where b.version = seen.version order by b.tenant_id, b.id for no key update of b skip locked`,
    [tenantId, limit],
    'lock-overtaken-payout-batches',
  );
}

export async function updateBatchStatus(
  transaction: Transaction,
  batch: Pick<PayoutBatch, 'tenantId' | 'id'>,
  status: BatchStatus,
): Promise<void> {
  transaction.write(
    'update payout_batches set status = $3, version = version + 1 where tenant_id = $1 and id = $2',
    [batch.tenantId, batch.id, status],
    'update-payout-batch-status',
  );
}

/** Counts what was added to a batch whose row is locked. */
export async function addToBatch(
  transaction: Transaction,
  batch: Pick<PayoutBatch, 'tenantId' | 'id'>,
  added: Pick<PayoutBatch, 'total' | 'payouts'>,
): Promise<void> {
  transaction.write(
    `update payout_batches set total = total + $3, payouts = payouts + $4 where tenant_id = $1 and id = $2`,
    [batch.tenantId, batch.id, added.total, added.payouts],
    'add-to-payout-batch',
  );
}

export async function updateExpected(
  transaction: Transaction,
  batch: Pick<PayoutBatch, 'tenantId' | 'id' | 'expectedTotal' | 'expectedCount'>,
): Promise<void> {
  transaction.write(
    'update payout_batches set expected_total = $3, expected_count = $4 where tenant_id = $1 and id = $2',
    [batch.tenantId, batch.id, batch.expectedTotal, batch.expectedCount],
  );
}
