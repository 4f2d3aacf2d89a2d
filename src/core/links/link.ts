import type { Currency } from '#kit/currency.ts';
import type { CustomerId, LinkId, MerchantId, OrderId, PaymentId, TenantId } from '#kit/ids.ts';
import type { PaymentItem } from '../allocations/allocation.ts';

/** A request for payment that a payer can open: what is to be paid, by whom, how, and until when. */
export interface Link {
  readonly id: LinkId;
  readonly tenantId: TenantId;
  /** What the payer's address holds; not the id of the API. */
  readonly token: string;
  readonly orderId: OrderId;
  readonly customerId: CustomerId;
  readonly origin: string;
  readonly status: LinkStatus;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly items: readonly LinkItem[];
  readonly methods: readonly LinkMethod[];
  readonly particulars: LinkParticulars;
  /** `YYYY-MM-DD` in the tenant's zone. */
  readonly dueDate: string | null;
  readonly expiresAt: Date;
  readonly callbackUrl: string | null;
  readonly smsStatus: SmsStatus;
  readonly distributedByEmail: boolean;
  readonly invoiceCreated: boolean;
  /** The number of its invoice, OCR or KID, once there is one. */
  readonly ocr: string | null;
  /** The attempt that may still take money; there is one at most. */
  readonly activePaymentId: PaymentId | null;
  /** The payment that paid it. */
  readonly paymentId: PaymentId | null;
  readonly version: number;
  readonly createdAt: Date;
}

export interface LinkItem {
  readonly description: string;
  readonly quantity: number;
  /** Minor units for one, VAT included. */
  readonly unitMinor: number;
  /** Hundredths of a percent: 25 % is 2500. */
  readonly vatBasisPoints: number;
  readonly unit: string;
  readonly merchantId: MerchantId | null;
  /** The tenant's own, told again with the allocations. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** As the façade was given it, for the façade to tell again. */
  readonly given: Readonly<Record<string, unknown>>;
}

/** One way to pay that the link offers. */
export interface LinkMethod {
  /** In our words: `card`, `swish`, `dummy`. */
  readonly method: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly given: Readonly<Record<string, unknown>>;
}

/** What the core carries for façade and checkout without looking into it. */
export interface LinkParticulars {
  readonly language: string;
  readonly supplier: {
    readonly name: string;
    readonly city?: string;
    readonly website?: string;
    readonly organisationNumber?: string;
  };
  /** Where an invoice is addressed to. */
  readonly invoiceAddress?: { readonly street: string; readonly postalCode: string; readonly city: string };
  readonly logoUrl?: string;
  readonly successUrl?: string;
  /** Whether a payer who has paid goes to `successUrl` at once, and not by way of the receipt. */
  readonly returnsWhenPaid?: boolean;
  readonly cancelUrl?: string;
  /** Whether it is a post-transaction of a practice system, whose hooks its changes ring. */
  readonly forPractice?: true;
  /** Absent where no card is kept. */
  readonly keepsCard?: CardKeeping;
  /** What a payment of this link tells as given, for the façade to tell again. */
  readonly paymentGiven?: Readonly<Record<string, unknown>>;
  /** What a payment by deposit tells as given besides. */
  readonly depositGiven?: Readonly<Record<string, unknown>>;
  readonly given: Readonly<Record<string, unknown>>;
}

/** That a card this is paid by is to be kept. */
export interface CardKeeping {
  /** Whether the payer is asked; else the tenant has the payer's consent already. */
  readonly asks: boolean;
  /** `series` is charged at regular times, `single` now and then. */
  readonly use: 'series' | 'single';
}

export type LinkStatus = 'created' | 'completed' | 'expired' | 'cancelled';

/** Which status may follow which. Money that came after the end completes the link all the same. */
export const linkTransitions = {
  created: ['completed', 'expired', 'cancelled'],
  completed: [],
  expired: ['completed'],
  cancelled: ['completed'],
} as const satisfies Record<LinkStatus, readonly LinkStatus[]>;

/** What is known of the latest SMS: none asked for, waiting, handed over, and then what the network reported. */
export type SmsStatus = 'not_created' | 'created' | 'pending' | 'delivered' | 'failed';

/** Whether a payer can pay now: the sweeper may not have come round to write the expiry down. */
export function isPayable(link: Pick<Link, 'status' | 'expiresAt'>, now: Date): boolean {
  return link.status === 'created' && link.expiresAt > now;
}

/** What a payment of the link is made of. */
export function paymentItemsOf({ items }: Pick<Link, 'items'>): PaymentItem[] {
  return items.map(({ unitMinor, quantity, merchantId, metadata = {} }) => ({
    minor: unitMinor * quantity,
    merchantId,
    metadata,
  }));
}
