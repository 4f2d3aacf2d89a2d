import type { DocumentId, PaymentId, TenantId } from '#kit/ids.ts';

/** A paper that was issued. What it says is drawn from the books whenever it is read. */
export interface Document {
  readonly id: DocumentId;
  readonly tenantId: TenantId;
  readonly kind: 'receipt';
  readonly paymentId: PaymentId;
  /** What the paper is known by. */
  readonly number: string;
  readonly createdAt: Date;
}
