import type { DeclineCause } from '#kit/connector.ts';
import type { Currency } from '#kit/currency.ts';
import type { LinkId, OrderId, PaymentId, TenantId } from '#kit/ids.ts';

/** One attempt to take money in an order. */
export interface Payment {
  readonly id: PaymentId;
  readonly tenantId: TenantId;
  readonly orderId: OrderId;
  readonly linkId: LinkId | null;
  /** The façade it came in by; its callbacks speak that dialect. */
  readonly origin: string;
  readonly connector: string;
  readonly method: string;
  readonly status: PaymentStatus;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly captured: bigint;
  /** Reserved by refunds that are under way. */
  readonly refunding: bigint;
  readonly refunded: bigint;
  readonly particulars: PaymentParticulars;
  readonly callbackUrl: string | null;
  /** It paid a link that was paid already, and is given back. */
  readonly superseded: boolean;
  readonly version: number;
  readonly createdAt: Date;
}

/** What the core carries for the façade and the connector without looking into it. */
export interface PaymentParticulars {
  /** As the façade was given it, for the façade to tell again. */
  readonly given: Readonly<Record<string, unknown>>;
  /** Shown on the processor's reports. */
  readonly description: string;
  /** Where the payer goes afterwards, when no link brought them. */
  readonly successUrl?: string;
  readonly cancelUrl?: string;
  readonly payerEmail?: string;
}

export const paymentStatuses = [
  'initiated',
  'pending',
  'underfunded',
  'funded',
  'overfunded',
  'completed',
  'declined',
  'aborted',
  'expired',
  'crashed',
  'stopped',
] as const;

export type PaymentStatus = (typeof paymentStatuses)[number];

/** The method by which payers transfer to the tenant's bank account. */
export const depositMethod = 'deposit';

/** Deposits have come that do not complete the payment: less than its amount, exactly that, or more. */
const funded = ['underfunded', 'funded', 'overfunded'] as const;

/**
 * Which status may follow which. Every unpaid end may still become `completed`: if the processor took the money after
 * all, the books say so, and where the link was paid otherwise it is given back.
 */
export const paymentTransitions = {
  initiated: ['pending', ...funded, 'completed', 'declined', 'aborted', 'expired', 'crashed', 'stopped'],
  pending: [...funded, 'completed', 'declined', 'aborted', 'expired', 'crashed', 'stopped'],
  // Each deposit is a step of its own, also one that leaves the payment where it was.
  underfunded: [...funded, 'completed', 'stopped'],
  funded: ['overfunded', 'completed', 'stopped'],
  overfunded: ['overfunded', 'funded', 'completed', 'stopped'],
  completed: [],
  declined: ['completed'],
  aborted: ['completed'],
  expired: ['completed'],
  crashed: ['completed'],
  stopped: ['completed'],
} as const satisfies Record<PaymentStatus, readonly PaymentStatus[]>;

/** Whether the attempt may still take money without anything surprising happening. */
export function isActive(status: PaymentStatus): boolean {
  return status === 'initiated' || status === 'pending';
}

/** Whether deposits have come for it and it is not over: they are the tenant's to complete, or to give back. */
export function isFunded(status: PaymentStatus): boolean {
  return funded.some((one) => one === status);
}

/** How a charge that did not happen ends the attempt. */
export const statusAfterDecline = {
  payer: 'aborted',
  processor: 'declined',
  request: 'crashed',
  timeout: 'expired',
} as const satisfies Record<DeclineCause, PaymentStatus>;

/** What may still be given back. Refunds under way count as given. */
export function refundable(payment: Pick<Payment, 'captured' | 'refunded' | 'refunding'>): bigint {
  return payment.captured - payment.refunded - payment.refunding;
}
