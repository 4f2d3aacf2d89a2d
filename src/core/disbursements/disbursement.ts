import type { Currency } from '#kit/currency.ts';
import type { DisbursementId, OrderId, PayoutId, TenantId } from '#kit/ids.ts';
import type { Recipient } from '../allocations/allocation.ts';

/** What settling an order handed over to be paid, to everybody who has a share in it. */
export interface Disbursement {
  readonly id: DisbursementId;
  readonly tenantId: TenantId;
  readonly orderId: OrderId;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly callbackUrl: string | null;
  readonly disbursedAt: Date;
}

/** What one recipient is paid of a disbursement. Negative where late news made it owe something back. */
export interface Payout extends Recipient {
  readonly id: PayoutId;
  readonly tenantId: TenantId;
  readonly disbursementId: DisbursementId;
  readonly currency: Currency;
  readonly amount: bigint;
  /** When it was handed over; the bank transfer itself is made from the list of payouts. */
  readonly completedAt: Date;
}
