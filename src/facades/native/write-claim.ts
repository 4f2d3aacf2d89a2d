import type { Claim } from '#core/claims/claim.ts';
import type { Upload } from '#core/uploads/upload.ts';

export function writeClaim(claim: Claim, uploads: readonly Upload[]) {
  return {
    id: claim.id,
    dialect: claim.origin,
    status: claim.status,
    currency: claim.currency,
    amount: claim.amount,
    reference: claim.reference,
    paymentId: claim.paymentId ?? claim.activePaymentId,
    createdAt: claim.createdAt.toISOString(),
    updatedAt: claim.updatedAt?.toISOString() ?? null,
    documents: uploads.map(({ id, kind, uploadedBy, bytes, createdAt }) => ({
      id,
      kind,
      uploadedBy,
      bytes,
      createdAt: createdAt.toISOString(),
    })),
  };
}
