import type { Id, TenantId } from '#kit/ids.ts';

export type EventSubscriptionId = Id<'event-subscription'>;

/** Somebody who is told of a tenant's events of some kinds, at one address, signed with a key that both know. */
export interface EventSubscription {
  readonly tenantId: TenantId;
  readonly id: EventSubscriptionId;
  /** The façade whose words it is told in. */
  readonly dialect: string;
  readonly url: string;
  /** What it asked for, as the dialect calls it. */
  readonly eventNames: readonly string[];
  /** The same as the log calls it. */
  readonly eventTypes: readonly string[];
  /** `open`: the circuit is open, and what happens is missed until it is reopened. */
  readonly status: 'active' | 'open';
  readonly createdAt: Date;
}

/** What a subscriber asks for. */
export interface SubscriptionOrder {
  readonly url: string;
  readonly eventNames: readonly string[];
  readonly eventTypes: readonly string[];
  readonly key: string;
}
