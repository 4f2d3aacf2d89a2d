import type { DeclineCause } from '#kit/connector.ts';
import type { Currency } from '#kit/currency.ts';
import type { CustomerId, LinkId, OrderId, PaymentId, SubscriptionId, TenantId } from '#kit/ids.ts';
import type { Language } from '#kit/language.ts';

/** One attempt to take money in an order. */
export interface Payment {
  readonly id: PaymentId;
  readonly tenantId: TenantId;
  readonly orderId: OrderId;
  readonly linkId: LinkId | null;
  /** Who pays, where the tenant keeps its payers. */
  readonly customerId: CustomerId | null;
  /** The plan it belongs to: one of its charges, or the validation of a new card for it. */
  readonly subscriptionId: SubscriptionId | null;
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
  /** Where the payer goes while nobody knows; `successUrl` where this is not given. */
  readonly pendingUrl?: string;
  readonly payerEmail?: string;
  /** The language the payer chose on the link's page, if they did. */
  readonly language?: Language;
}

export const paymentStatuses = [
  'initiated',
  'pending',
  'completed',
  'validated',
  'declined',
  'aborted',
  'expired',
  'crashed',
  'stopped',
] as const;

export type PaymentStatus = (typeof paymentStatuses)[number];

/**
 * Which status may follow which. `validated` is the end of a payment that takes nothing: the card was found good. Every unpaid end may still become `completed`: if the processor took the money after
 * all, the books say so, and where the link was paid otherwise it is given back.
 */
export const paymentTransitions = {
  initiated: ['pending', 'completed', 'validated', 'declined', 'aborted', 'expired', 'crashed', 'stopped'],
  pending: ['completed', 'validated', 'declined', 'aborted', 'expired', 'crashed', 'stopped'],
  completed: [],
  validated: [],
  declined: ['completed', 'validated'],
  aborted: ['completed', 'validated'],
  expired: ['completed', 'validated'],
  crashed: ['completed', 'validated'],
  stopped: ['completed', 'validated'],
} as const satisfies Record<PaymentStatus, readonly PaymentStatus[]>;

/** Whether the attempt may still take money without anything surprising happening. */
export function isActive(status: PaymentStatus): boolean {
  return status === 'initiated' || status === 'pending';
}

/** How a charge that did not happen ends the attempt. */
export const statusAfterDecline = {
  payer: 'aborted',
  processor: 'declined',
  request: 'crashed',
  timeout: 'expired',
} as const satisfies Record<DeclineCause, PaymentStatus>;

/** How a charge that was ended while it waited for its payer ends the attempt. */
export const statusAfterCancel = {
  payer: 'aborted',
  tenant: 'stopped',
} as const satisfies Record<'payer' | 'tenant', PaymentStatus>;

/** What may still be given back. Refunds under way count as given. */
export function refundable(payment: Pick<Payment, 'captured' | 'refunded' | 'refunding'>): bigint {
  return payment.captured - payment.refunded - payment.refunding;
}
