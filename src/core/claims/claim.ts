import type { Currency } from '#kit/currency.ts';
import type { ClaimId, CustomerId, PaymentId, TenantId } from '#kit/ids.ts';

/** What is to be paid by whoever claims it: first a person takes it up, then a payment pays it, then it is settled. */
export interface Claim {
  readonly id: ClaimId;
  readonly tenantId: TenantId;
  /** The façade it came in by; its callbacks speak that dialect. */
  readonly origin: string;
  readonly status: ClaimStatus;
  readonly currency: Currency;
  readonly amount: bigint;
  /** How the amount comes about, in minor units, as it was given. It need not add up. */
  readonly tax: bigint;
  readonly shipping: bigint;
  readonly subtotal: bigint;
  /** What the tenant calls it. */
  readonly reference: string | null;
  /** `later` only holds the money when the payer confirms. */
  readonly capture: 'now' | 'later';
  /** Whether the payer has to upload a prescription before confirming. */
  readonly prescriptionRequired: boolean;
  /** Where the payer is sent, exactly as given. */
  readonly successUrl: string;
  readonly failureUrl: string;
  readonly cancelUrl: string;
  readonly callbackUrl: string | null;
  /** Who claimed it. */
  readonly customerId: CustomerId | null;
  readonly contactDigest: Buffer | null;
  readonly sessionDigest: Buffer | null;
  /** The attempt that may still take money; there is one at most. */
  readonly activePaymentId: PaymentId | null;
  /** The payment that paid it. */
  readonly paymentId: PaymentId | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date | null;
  /** In wall time: how long its token is good. */
  readonly tokenUntil: Date;
}

export type ClaimStatus =
  | 'initial'
  | 'claimed'
  | 'authorised'
  | 'pending'
  | 'settled'
  | 'denied'
  | 'cancelled';

/** Which status may follow which. */
export const claimTransitions = {
  initial: ['claimed', 'cancelled'],
  claimed: ['authorised', 'pending', 'cancelled'],
  authorised: ['pending', 'cancelled'],
  pending: ['settled', 'denied'],
  settled: [],
  denied: [],
  cancelled: [],
} as const satisfies Record<ClaimStatus, readonly ClaimStatus[]>;

/** How long a token is good, in wall time: two hours. */
export const tokenLifeMs = 120 * 60_000;

/** Whether documents may still be added. */
export function takesUploads(status: ClaimStatus): boolean {
  return status !== 'cancelled' && status !== 'denied';
}
