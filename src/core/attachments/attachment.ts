import type { AttachmentId, PaymentId, TenantId } from '#kit/ids.ts';

/** A paper that a tenant keeps with a payment: its own invoice, an order, a receipt of another till. */
export interface Attachment {
  readonly id: AttachmentId;
  readonly tenantId: TenantId;
  readonly paymentId: PaymentId;
  /** The tenant's word for what it is. */
  readonly kind: string;
  readonly name: string;
  readonly mediaType: MediaType;
  /** Bytes. */
  readonly size: number;
  readonly createdAt: Date;
}

/** The first bytes of each media type that is taken: what a file calls itself is not believed. */
export const beginnings = {
  'application/pdf': Buffer.from('%PDF-'),
  'image/png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  'image/jpeg': Buffer.from([0xff, 0xd8, 0xff]),
} as const;

export type MediaType = keyof typeof beginnings;

export function isMediaType(text: string): text is MediaType {
  return Object.hasOwn(beginnings, text);
}

/** Bytes of one paper, at most: what a mail server would still take. */
export const maxBytes = 5 * 1024 * 1024;

/** Papers of one payment, at most. */
export const maxPerPayment = 50n;
