import type { EventId, TenantId } from '#kit/ids.ts';

/** Something that happened to one thing of one tenant: written in the transaction in which it happened. */
export interface NewEvent {
  readonly tenantId: TenantId;
  /** `noun.past-participle`: `payment.completed`, `link.expired`. */
  readonly type: string;
  readonly subject: Subject;
  /** Plain JSON: ids, amounts as integers of minor units, statuses. No personal data. */
  readonly data: Readonly<Record<string, unknown>>;
  /** In the tenant's time. */
  readonly at: Date;
  /** Whom to tell, in which dialect. */
  readonly callback?: { readonly dialect: string; readonly url: string };
}

export interface Subject {
  readonly kind:
    | 'order'
    | 'link'
    | 'claim'
    | 'payment'
    | 'operation'
    | 'capture'
    | 'refund'
    | 'deposit'
    | 'message'
    | 'subscription'
    | 'disbursement'
    | 'merchant'
    | 'poke'
    | 'hook'
    | 'payout'
    | 'payout-batch';
  readonly id: string;
  /** The subject's version after what happened: 1..n without a gap. */
  readonly version: number;
}

/** An event as it was stored. */
export interface StoredEvent {
  readonly id: EventId;
  readonly tenantId: TenantId;
  /** Position in the tenant's log; null until the sequencer has numbered it. */
  readonly sequence: bigint | null;
  readonly type: string;
  readonly subject: Subject;
  readonly data: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
}
