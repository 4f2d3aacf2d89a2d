import type { Currency } from '#kit/currency.ts';
import type { LinkId, PaymentId, TenantId } from '#kit/ids.ts';
import type { Link } from '../links/link.ts';

/** A payment link as a practice system knows it: for one of its invoices, or for a prepayment. */
export interface Postransaction {
  readonly id: bigint;
  readonly tenantId: TenantId;
  readonly linkId: LinkId;
  /** A UUID that opens nothing. */
  readonly externalId: string;
  readonly departmentId: bigint;
  readonly creatorId: bigint | null;
  readonly clientId: bigint;
  readonly invoiceId: bigint | null;
  /** What a prepayment is for; null where it is an invoice that is paid. */
  readonly prepayment: string | null;
  /** It was to be sent, and there was nowhere to send it. */
  readonly unsendable: boolean;
  /** The post-transaction whose money this one gives back. */
  readonly refundedId: bigint | null;
  readonly abortedAt: Date | null;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** Minor units; of a refund, what was given back. */
  readonly amount: bigint;
  readonly currency: Currency;
  readonly link: Pick<
    Link,
    'token' | 'status' | 'expiresAt' | 'smsStatus' | 'distributedByEmail' | 'paymentId'
  >;
  readonly paymentId: PaymentId | null;
  /** Minor units of the link's payment that were given back so far. */
  readonly refunded: bigint;
}

/** Where a payment link stands, as the practice system sees it. Another card can be tried until it is over. */
export type LinkStanding = 'pending' | 'expired' | 'aborted' | 'accepted';

export function standingOf({ link }: Pick<Postransaction, 'link'>, now: Date): LinkStanding {
  switch (link.status) {
    case 'completed':
      return 'accepted';
    case 'cancelled':
      return 'aborted';
    case 'expired':
      return 'expired';
    case 'created':
      return link.expiresAt > now ? 'pending' : 'expired';
  }
}

/** What became of sending it. */
export type Delivery = 'not-sent' | 'sent' | 'failed';

export function deliveryOf({ link, unsendable }: Pick<Postransaction, 'link' | 'unsendable'>): Delivery {
  if (link.distributedByEmail || link.smsStatus === 'pending' || link.smsStatus === 'delivered')
    return 'sent';
  return unsendable || link.smsStatus === 'failed' ? 'failed' : 'not-sent';
}
