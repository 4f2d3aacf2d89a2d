import type { Queryable, Transaction } from '#db/database.ts';
import type { AttachmentId, PaymentId, TenantId } from '#kit/ids.ts';
import type { Attachment } from './attachment.ts';

const columns = `id, tenant_id as "tenantId", payment_id as "paymentId", kind, name, media_type as "mediaType", size,
  created_at as "createdAt"`;

export async function insertAttachment(
  transaction: Transaction,
  attachment: Attachment,
  contentSealed: string,
): Promise<void> {
  transaction.write(
    `insert into attachments (tenant_id, id, payment_id, kind, name, media_type, size, content_sealed, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      attachment.tenantId,
      attachment.id,
      attachment.paymentId,
      attachment.kind,
      attachment.name,
      attachment.mediaType,
      attachment.size,
      contentSealed,
      attachment.createdAt,
    ],
  );
}

export async function countAttachments(
  queryable: Queryable,
  tenantId: TenantId,
  paymentId: PaymentId,
): Promise<bigint> {
  const rows = await queryable.query<{ count: bigint }>(
    'select count(*) as count from attachments where tenant_id = $1 and payment_id = $2',
    [tenantId, paymentId],
  );
  return rows[0]?.count ?? 0n;
}

/** Without what they say, newest first. */
export async function selectAttachments(
  queryable: Queryable,
  tenantId: TenantId,
  page: { paymentId: PaymentId | null; before: { createdAt: Date; id: string } | null; limit: number },
): Promise<Attachment[]> {
  return queryable.query<Attachment>(
    `select ${columns} from attachments where tenant_id = $1 and ($2::uuid is null or payment_id = $2)
       and ($3::timestamptz is null or (created_at, id) < ($3, $4::uuid))
     order by created_at desc, id desc limit $5`,
    [tenantId, page.paymentId, page.before?.createdAt ?? null, page.before?.id ?? null, page.limit],
  );
}

export async function selectAttachment(
  queryable: Queryable,
  tenantId: TenantId,
  id: AttachmentId,
): Promise<(Attachment & { readonly contentSealed: string }) | undefined> {
  const rows = await queryable.query<Attachment & { contentSealed: string }>(
    `select ${columns}, content_sealed as "contentSealed" from attachments where tenant_id = $1 and id = $2`,
    [tenantId, id],
  );
  return rows[0];
}
