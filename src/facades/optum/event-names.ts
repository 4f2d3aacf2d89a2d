/** What the event API calls what the log has, and what it writes of it. */
import type { BatchStatus } from '#core/payout-batches/batch.ts';
import type { PayoutStatus } from '#core/payouts/payout.ts';

/**
 * The log's own type of each. A remittance never fails by itself: it is written with the payment's documents, or neither is.
 */
export const eventTypes = {
  payment_loading_requested: 'payout.loading',
  payment_loading_completed: 'payout.documents-generating',
  payment_loading_failed: 'payout.failed',
  payment_distribution_requested: 'payout.requested',
  payment_distribution_completed: 'payout.completed',
  payment_distribution_failed: 'payout.returned',
  payment_remittance_requested: 'payout.remittance-requested',
  payment_remittance_completed: 'payout.documents-distributing',
  payment_remittance_failed: null,
  payment_held: 'payout.held',
  payment_released: 'payout.released',
  payment_voided: 'payout.voided',
  payment_reissued: 'payout.reissuing',
  batch_created: 'payout-batch.created',
  batch_held: 'payout-batch.held',
  batch_released: 'payout-batch.released',
  batch_completed: 'payout-batch.completed',
  batch_cancelled: 'payout-batch.cancelled',
} as const satisfies Record<
  string,
  `payout.${PayoutStatus | 'released' | 'returned'}` | `payout-batch.${BatchStatus | 'released'}` | null
>;

export type EventName = keyof typeof eventTypes;

export const eventNames = Object.keys(eventTypes) as EventName[];

const nameOfType: ReadonlyMap<string, string> = new Map([
  ...eventNames.flatMap((name) => (eventTypes[name] === null ? [] : [[eventTypes[name], name] as const])),
  ['subscription.handshake', 'subscription_handshake'],
]);

/** The name of an event that can be subscribed to, and of the handshake. */
export function nameOf(type: string): string {
  const name = nameOfType.get(type);
  if (name === undefined) throw new Error(`the event API has no name for ${type}`);
  return name;
}

/** The log's types of what somebody asks for. */
export function typesOf(names: readonly EventName[]): string[] {
  return [...new Set(names)].flatMap((name) => eventTypes[name] ?? []);
}
