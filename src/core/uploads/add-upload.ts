import { CoreError } from '#kit/errors.ts';
import type { ClaimId, UploadId } from '#kit/ids.ts';
import { takesUploads } from '../claims/claim.ts';
import { settleByInvoice } from '../claims/follow-payment.ts';
import { holdClaim } from '../claims/hold-claim.ts';
import { readClaim } from '../claims/read-claim.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { withContent } from '../idempotency/with-content.ts';
import { businessNow } from '../tenants/tenant.ts';
import { type EncryptedDocument, encryptDocument } from './encrypt-document.ts';
import { insertPiece, insertUpload, selectUploads, updateTotal } from './store.ts';
import { contextOf, maxUploadsPerClaim, type Upload, usualQuotaBytes } from './upload.ts';

export interface UploadInput extends Pick<Upload, 'kind' | 'uploadedBy'> {
  readonly claimId: string;
  /** The document as it arrives. */
  readonly content: AsyncIterable<Buffer>;
}

/**
 * Keeps a document of a claim, encrypted. An invoice settles a claim that is paid, unless the operator does. Refused: a
 * claim that is over without having been paid, too many documents, a full quota (`operation_forbidden`), one more than
 * may wait (`unavailable`), and what `encryptDocument` refuses.
 */
export async function addUpload(
  core: Core,
  call: Call,
  input: UploadInput,
): Promise<Answer<{ uploadId: UploadId }>> {
  // Before the body is read: what is nobody's, or over, need not be taken in.
  const claim = await readClaim(core, call.tenant, input.claimId);
  requireOpen(claim.status);
  return core.uploadTurns.taking.take(() => takeIn(core, call, claim.id, input));
}

async function takeIn(
  core: Core,
  call: Call,
  claimId: ClaimId,
  input: UploadInput,
): Promise<Answer<{ uploadId: UploadId }>> {
  const id = core.ids.uuid() as UploadId;
  const identity = { id, tenantId: call.tenant.id, claimId, kind: input.kind };
  const paced = core.uploadTurns.pace(input.content);
  const document = await encryptDocument(paced, contextOf(identity));
  const upload: Upload = {
    ...identity,
    uploadedBy: input.uploadedBy,
    bytes: document.bytes,
    keySealed: core.keyring.seal(document.key, contextOf(identity)),
    nonce: document.nonce,
    tag: document.tag,
    createdAt: businessNow(core.clock, call.tenant),
  };
  return core.uploadTurns.writing.take(() =>
    store(core, withContent(call, document.digest), upload, document),
  );
}

function requireOpen(status: Parameters<typeof takesUploads>[0]): void {
  if (!takesUploads(status)) throw new CoreError('operation_forbidden', `The payment is ${status}.`);
}

function store(
  core: Core,
  call: Call,
  upload: Upload,
  document: EncryptedDocument,
): Promise<Answer<{ uploadId: UploadId }>> {
  return runOnce(core, call, async (transaction) => {
    const claim = await holdClaim(transaction, upload.tenantId, upload.claimId as ClaimId);
    requireOpen(claim.status);
    if ((await selectUploads(transaction, claim.tenantId, claim.id)).length >= maxUploadsPerClaim)
      throw new CoreError('operation_forbidden', `A payment has at most ${maxUploadsPerClaim} documents.`);
    await insertUpload(transaction, upload);
    for (const [ordinal, piece] of document.pieces.entries())
      await insertPiece(transaction, upload, ordinal, piece);
    // Last: every upload of the tenant waits for the row of its total.
    const quotaBytes = call.tenant.settings.uploadQuotaBytes ?? usualQuotaBytes;
    if (!(await updateTotal(transaction, upload.tenantId, upload.bytes, quotaBytes)))
      throw new CoreError('operation_forbidden', 'There is no room left for documents.');
    if (upload.kind === 'invoice') await settleByInvoice(core, transaction, claim, upload.createdAt);
    return { uploadId: upload.id };
  });
}
