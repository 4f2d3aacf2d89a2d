import type { Queryable, Transaction } from '#db/database.ts';
import type { PaymentId, TenantId } from '#kit/ids.ts';
import type { Document } from './document.ts';

export async function insertDocument(transaction: Transaction, document: Document): Promise<void> {
  transaction.writeRows(
    `insert into documents (tenant_id, id, kind, payment_id, number, created_at)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::timestamptz[])
     on conflict (tenant_id, kind, payment_id) do nothing`,
    [
      [document.tenantId],
      [document.id],
      [document.kind],
      [document.paymentId],
      [document.number],
      [document.createdAt],
    ],
    'insert-documents',
  );
}

export async function selectReceipt(
  queryable: Queryable,
  tenantId: TenantId,
  paymentId: PaymentId,
): Promise<Document | undefined> {
  const rows = await queryable.query<Document>(
    `select id, tenant_id as "tenantId", kind, payment_id as "paymentId", number, created_at as "createdAt"
     from documents where tenant_id = $1 and kind = 'receipt' and payment_id = $2`,
    [tenantId, paymentId],
  );
  return rows[0];
}
