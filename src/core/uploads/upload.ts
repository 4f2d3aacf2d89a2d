import type { ClaimId, TenantId, UploadId } from '#kit/ids.ts';

/** A document of a claim, kept encrypted and never looked into. */
export interface Upload {
  readonly id: UploadId;
  readonly tenantId: TenantId;
  readonly claimId: ClaimId;
  readonly kind: UploadKind;
  readonly uploadedBy: 'merchant' | 'payer';
  /** Of the document itself. */
  readonly bytes: number;
  /** The key of this document alone, wrapped by the master key. */
  readonly keySealed: string;
  readonly nonce: Buffer;
  readonly tag: Buffer;
  readonly createdAt: Date;
}

export const uploadKinds = ['other', 'invoice', 'prescription', 'certificate', 'test-result'] as const;

export type UploadKind = (typeof uploadKinds)[number];

/** The largest document: 10 MiB (decision 29). */
export const maxUploadBytes = 10 * 1_024 * 1_024;

/** Documents of one claim: more is no longer about one purchase. */
export const maxUploadsPerClaim = 20;

/** Bytes a tenant may store unless its settings say otherwise: 10 GiB. */
export const usualQuotaBytes = 10 * 1_024 * 1_024 * 1_024;

/** What a document is and whose: without all of it neither its key nor its bytes open. */
export function contextOf(upload: Pick<Upload, 'tenantId' | 'claimId' | 'kind' | 'id'>): string {
  return `upload:${upload.tenantId}:${upload.claimId}:${upload.kind}:${upload.id}`;
}
