import type { Currency } from '#kit/currency.ts';
import type { DepositId, LinkId, PaymentId, TenantId } from '#kit/ids.ts';

/**
 * Money that came into the tenant's bank account, unasked. Every unit of it is in one of four places: not known what
 * for, put towards a payment, more than was to be paid, or given back.
 */
export interface Deposit {
  readonly id: DepositId;
  readonly tenantId: TenantId;
  /** The bank's own name for the transfer: told once or often, it is one deposit. */
  readonly bankReference: string;
  /** What the payer wrote: an OCR number or KID if all went well. */
  readonly reference: string | null;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly unallocated: bigint;
  readonly matched: bigint;
  readonly surplus: bigint;
  readonly returned: bigint;
  readonly linkId: LinkId | null;
  readonly paymentId: PaymentId | null;
  readonly version: number;
  /** When the bank had it. */
  readonly receivedAt: Date;
  readonly createdAt: Date;
}

export type Place = 'unallocated' | 'matched' | 'surplus' | 'returned';

/** The number a payer writes on a transfer, and what it stands for. */
export interface DepositReference {
  readonly tenantId: TenantId;
  readonly reference: string;
  readonly kind: ReferenceKind;
  readonly linkId: LinkId | null;
  readonly paymentId: PaymentId | null;
  /** Whether exactly the amount completes the payment by itself. */
  readonly completeWhenFunded: boolean;
  readonly documentName: string | null;
  readonly createdAt: Date;
}

/** OCR is what Swedish banks call the number, KID what Norwegian ones do. */
export type ReferenceKind = 'ocr' | 'kid';

/** How a deposit is divided where `missing` is all that is still to be paid: what completes is matched, the rest is surplus. */
export function divide(amount: bigint, missing: bigint): { matched: bigint; surplus: bigint } {
  const matched = amount < missing ? amount : missing;
  return { matched, surplus: amount - matched };
}

/** What a payment is, once `total` of its `amount` has come. */
export function fundingOf(amount: bigint, total: bigint): 'underfunded' | 'funded' | 'overfunded' {
  if (total < amount) return 'underfunded';
  return total > amount ? 'overfunded' : 'funded';
}
