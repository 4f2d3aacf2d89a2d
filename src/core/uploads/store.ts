import type { Queryable, Transaction } from '#db/database.ts';
import type { ClaimId, TenantId, UploadId } from '#kit/ids.ts';
import type { Upload, UploadKind } from './upload.ts';

const columns = `u.id, u.tenant_id as "tenantId", u.claim_id as "claimId", u.kind, u.uploaded_by as "uploadedBy", u.bytes,
  u.key_sealed as "keySealed", u.nonce, u.tag, u.created_at as "createdAt"`;

export async function insertUpload(transaction: Transaction, upload: Upload): Promise<void> {
  transaction.write(
    `insert into uploads (tenant_id, id, claim_id, kind, uploaded_by, bytes, key_sealed, nonce, tag, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      upload.tenantId,
      upload.id,
      upload.claimId,
      upload.kind,
      upload.uploadedBy,
      upload.bytes,
      upload.keySealed,
      upload.nonce,
      upload.tag,
      upload.createdAt,
    ],
  );
}

/** Waits for the store: pieces sent ahead all at once would hold up what others ask of this process meanwhile. */
export async function insertPiece(
  transaction: Transaction,
  upload: Upload,
  ordinal: number,
  ciphertext: Buffer,
): Promise<void> {
  await transaction.query(
    'insert into upload_pieces (tenant_id, upload_id, ordinal, ciphertext) values ($1, $2, $3, $4)',
    [upload.tenantId, upload.id, ordinal, ciphertext],
  );
}

/** Counts bytes against the tenant's quota; false, and nothing counted, where they do not fit. */
export async function updateTotal(
  transaction: Transaction,
  tenantId: TenantId,
  bytes: number,
  quotaBytes: number,
): Promise<boolean> {
  transaction.write('insert into upload_totals (tenant_id, bytes) values ($1, 0) on conflict do nothing', [
    tenantId,
  ]);
  const rows = await transaction.query(
    'update upload_totals set bytes = bytes + $2 where tenant_id = $1 and bytes + $2 <= $3 returning 1',
    [tenantId, bytes, quotaBytes],
  );
  return rows.length > 0;
}

export async function selectUploads(
  queryable: Queryable,
  tenantId: TenantId,
  claimId: ClaimId,
): Promise<Upload[]> {
  return queryable.query<Upload>(
    `select ${columns} from uploads u where u.tenant_id = $1 and u.claim_id = $2 order by u.created_at, u.id`,
    [tenantId, claimId],
  );
}

export async function selectUpload(
  queryable: Queryable,
  tenantId: TenantId,
  claimId: ClaimId,
  id: UploadId,
): Promise<Upload | undefined> {
  const rows = await queryable.query<Upload>(
    `select ${columns} from uploads u where u.tenant_id = $1 and u.claim_id = $2 and u.id = $3`,
    [tenantId, claimId, id],
  );
  return rows[0];
}

export async function selectHasKind(
  queryable: Queryable,
  tenantId: TenantId,
  claimId: ClaimId,
  kind: UploadKind,
): Promise<boolean> {
  const rows = await queryable.query(
    'select 1 from uploads where tenant_id = $1 and claim_id = $2 and kind = $3 limit 1',
    [tenantId, claimId, kind],
  );
  return rows.length > 0;
}

export async function selectPieces(queryable: Queryable, upload: Upload): Promise<Buffer[]> {
  const rows = await queryable.query<{ ciphertext: Buffer }>(
    'select ciphertext from upload_pieces where tenant_id = $1 and upload_id = $2 order by ordinal',
    [upload.tenantId, upload.id],
  );
  return rows.map(({ ciphertext }) => ciphertext);
}
