import { notFound } from '#kit/errors.ts';
import { type ClaimId, isUuid, type UploadId } from '#kit/ids.ts';
import { openDocument } from '#kit/secrets.ts';
import type { Core } from '../core.ts';
import type { Tenant } from '../tenants/tenant.ts';
import { selectPieces, selectUpload } from './store.ts';
import { contextOf, type Upload } from './upload.ts';

/**
 * One of the tenant's documents, decrypted. An unknown id and another tenant's are the same `not_found`. Throws where a
 * single bit is not as it was stored: not a byte is answered before all of them are known to be right.
 */
export async function openUpload(
  core: Pick<Core, 'database' | 'keyring'>,
  tenant: Pick<Tenant, 'id'>,
  ids: { claimId: string; uploadId: string },
): Promise<{ upload: Upload; content: Buffer }> {
  const upload =
    isUuid(ids.claimId) && isUuid(ids.uploadId)
      ? await selectUpload(core.database, tenant.id, ids.claimId as ClaimId, ids.uploadId as UploadId)
      : undefined;
  if (upload === undefined) throw notFound('document');
  const context = contextOf(upload);
  const key = core.keyring.open(upload.keySealed, context);
  const pieces = await selectPieces(core.database, upload);
  return { upload, content: openDocument({ key, nonce: upload.nonce, tag: upload.tag, pieces }, context) };
}
