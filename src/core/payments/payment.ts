import type { DeclineCause } from '#kit/connector.ts';
import type { Currency } from '#kit/currency.ts';
import type { ClaimId, CustomerId, LinkId, OrderId, PaymentId, SubscriptionId, TenantId } from '#kit/ids.ts';
import type { Language } from '#kit/language.ts';
import type { PaymentItem } from '../allocations/allocation.ts';

/** One attempt to take money in an order. */
export interface Payment {
  readonly id: PaymentId;
  readonly tenantId: TenantId;
  readonly orderId: OrderId;
  readonly linkId: LinkId | null;
  readonly claimId: ClaimId | null;
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
  /** Reserved by a capture that is under way; none but an authorised payment has one. */
  readonly capturing: bigint;
  /** Reserved by refunds that are under way. */
  readonly refunding: bigint;
  readonly refunded: bigint;
  readonly particulars: PaymentParticulars;
  readonly callbackUrl: string | null;
  /** It paid a link that was paid already, and is given back. */
  readonly superseded: boolean;
  /** How long the money is held once it is authorised; null where it is not let go by itself. */
  readonly authorisationMs: number | null;
  /** In the tenant's time: not captured by then, it is let go. */
  readonly lapsesAt: Date | null;
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
  /** What the payment is made of, for the day its order is split. */
  readonly items?: readonly PaymentItem[];
  /** Set where the card that is kept is to be charged for a series, though no plan of ours charges it. */
  readonly keepsForSeries?: true;
  /** The language the payer chose on the link's page, if they did. */
  readonly language?: Language;
}

export const paymentStatuses = [
  'initiated',
  'pending',
  'underfunded',
  'funded',
  'overfunded',
  'authorised',
  'completed',
  'validated',
  'declined',
  'aborted',
  'expired',
  'crashed',
  'stopped',
  'cancelled',
] as const;

export type PaymentStatus = (typeof paymentStatuses)[number];

/** The method by which payers transfer to the tenant's bank account. */
export const depositMethod = 'deposit';

/** Deposits have come that do not complete the payment: less than its amount, exactly that, or more. */
const funded = ['underfunded', 'funded', 'overfunded'] as const;

/** What a processor may say of an attempt at any time, be it thought over. */
const whatComes = ['authorised', 'completed', 'validated', 'cancelled'] as const;

/** How an attempt ends that brings nothing. */
const unpaidEnds = ['declined', 'aborted', 'expired', 'crashed', 'stopped'] as const;

/**
 * Which status may follow which. `validated` is the end of a payment that takes nothing: the card was found good. Every
 * unpaid end may still become `completed`: if the processor took the money after all, the books say so, and where the
 * link was paid otherwise it is given back. Money that the processor holds after all is `authorised`, or `cancelled`
 * where nobody wants it any more.
 */
export const paymentTransitions = {
  initiated: [...whatComes, 'pending', ...funded, ...unpaidEnds],
  pending: [...whatComes, ...funded, ...unpaidEnds],
  // Each deposit is a step of its own, also one that leaves the payment where it was.
  underfunded: [...funded, 'completed', 'stopped'],
  funded: ['overfunded', 'completed', 'stopped'],
  overfunded: ['overfunded', 'funded', 'completed', 'stopped'],
  authorised: ['completed', 'cancelled'],
  completed: [],
  validated: [],
  declined: whatComes,
  aborted: whatComes,
  expired: whatComes,
  crashed: whatComes,
  stopped: whatComes,
  cancelled: ['completed'],
} as const satisfies Record<PaymentStatus, readonly PaymentStatus[]>;

/** Whether the attempt may still take money without anything surprising happening. */
export function isActive(status: PaymentStatus): boolean {
  return status === 'initiated' || status === 'pending';
}

/** Whether deposits have come for it and it is not over: they are the tenant's to complete, or to give back. */
export function isFunded(status: PaymentStatus): boolean {
  return funded.some((one) => one === status);
}

/**
 * Whether how much it takes is still to be seen: the attempt is under way, the money is only held, or
 * not all of it has come. */
export function mayTakeMoney(status: PaymentStatus): boolean {
  return isActive(status) || isFunded(status) || status === 'authorised';
}

/** How long a card scheme holds money for us unless a caller says otherwise (Windcave: seven days). */
export const usualAuthorisationMs = 7 * 86_400_000;

/** Whether the hold on the money is over at `at`, in the tenant's time: the sweeper may not have come round yet. */
export function hasLapsed(payment: Pick<Payment, 'lapsesAt'>, at: Date): boolean {
  return payment.lapsesAt !== null && payment.lapsesAt <= at;
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
