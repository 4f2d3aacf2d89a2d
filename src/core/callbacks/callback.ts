import type { CallbackId, EventId, TenantId } from '#kit/ids.ts';
import type { EventSubscriptionId } from '../event-subscriptions/event-subscription.ts';
import type { StoredEvent } from '../events/event.ts';

/** Something the tenant is owed: one event, told to one address, until it is delivered or given up. */
export interface Callback {
  readonly id: CallbackId;
  readonly tenantId: TenantId;
  readonly eventId: EventId;
  /** The façade whose words it is told in. */
  readonly dialect: string;
  readonly url: string;
  /** The subscription it is owed to; null where the address came with what happened. */
  readonly subscriptionId: EventSubscriptionId | null;
  readonly status: CallbackStatus;
  /** Deliveries begun, the present one included. */
  readonly attempts: number;
  readonly dueAt: Date;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly deliveredAt: Date | null;
  readonly createdAt: Date;
}

/** `dead` is given up: it stays readable and can be sent again by hand. */
export type CallbackStatus = 'pending' | 'delivered' | 'dead';

/** How receivers of one dialect are treated, where its documents say otherwise than our usual schedule. */
export interface CallbackRule {
  /** Attempts in all, the first included. */
  readonly attempts?: number;
  /** The wait before each retry, exactly, and no retries beyond; in place of our schedule. */
  readonly retriesMs?: readonly number[];
  /** Which of the 2xx answers say that it arrived; all of them unless told. */
  readonly isDelivered?: (status: number) => boolean;
  /** `application/json` unless told. */
  readonly contentType?: (event: StoredEvent) => string;
}

/** How one delivery ended. */
export type Delivery =
  | { readonly kind: 'delivered'; readonly status: number }
  | {
      readonly kind: 'failed';
      readonly status?: number;
      readonly reason: string;
      readonly nextAt: Date | undefined;
    };
