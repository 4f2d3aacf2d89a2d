/** What this dialect writes the same everywhere: instants with microseconds, statuses in capitals. */
import { createHash } from 'node:crypto';
import type { LinkStatus, SmsStatus } from '#core/links/link.ts';
import type { MerchantStatus } from '#core/merchants/merchant.ts';
import type { OrderStatus } from '#core/orders/order.ts';
import type { PaymentStatus } from '#core/payments/payment.ts';

/** `2024-01-16T14:24:29.105000Z`: Ping writes microseconds; ours are whole milliseconds. */
export function writeInstant(at: Date): string {
  return at.toISOString().replace('Z', '000Z');
}

export const orderStatuses = {
  open: 'OPEN',
  closed: 'CLOSED',
  split: 'SPLIT',
  settled: 'SETTLED',
} as const satisfies Record<OrderStatus, string>;

/** The statuses that are told by one word. */
export function orderStatusesOf(word: string): OrderStatus[] {
  return named(orderStatuses, word);
}

export const linkStatuses = {
  created: 'CREATED',
  completed: 'COMPLETED',
  expired: 'EXPIRED',
  cancelled: 'CANCELLED',
} as const satisfies Record<LinkStatus, string>;

/** Facts A6. There is no CANCELLED among them (decision E-5), and nothing for money that is only held. */
export const paymentStatuses = {
  initiated: 'INITIATED',
  pending: 'PENDING',
  underfunded: 'UNDERFUNDED',
  funded: 'FUNDED',
  overfunded: 'OVERFUNDED',
  authorised: 'PENDING',
  completed: 'COMPLETED',
  // Never a payment of this dialect.
  validated: 'COMPLETED',
  declined: 'DECLINED',
  aborted: 'ABORTED',
  expired: 'EXPIRED',
  crashed: 'CRASHED',
  stopped: 'STOPPED',
  cancelled: 'ABORTED',
} as const satisfies Record<PaymentStatus, string>;

/** The statuses that are told by one word. */
export function paymentStatusesOf(word: string): PaymentStatus[] {
  return named(paymentStatuses, word);
}

/** The names for which a mapping has this word. */
function named<Name extends string>(words: Readonly<Record<Name, string>>, word: string): Name[] {
  return (Object.keys(words) as Name[]).filter((name) => words[name] === word);
}

export const merchantStatuses = {
  created: 'CREATED',
  pending: 'PENDING',
  approved: 'APPROVED',
  denied: 'DENIED',
} as const satisfies Record<MerchantStatus, string>;

/** Decision 15: the vendor's SDK misspells DELIVERED. */
export const smsStatuses = {
  not_created: 'NOT_CREATED',
  created: 'CREATED',
  pending: 'PENDING',
  delivered: 'DELIVERED',
  failed: 'FAILED',
} as const satisfies Record<SmsStatus, string>;

/** An id for something that is numbered inside another thing: always the same one. */
export function derivedId(parent: string, ordinal: number): string {
  const hex = createHash('sha256').update(`${parent}:${ordinal}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
