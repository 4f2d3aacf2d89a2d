import type { Currency } from '#kit/currency.ts';
import type { OrderId, TenantId } from '#kit/ids.ts';
import type { Share } from '../allocations/allocation.ts';

/** What groups payments that belong together: one sale, one booking. */
export interface Order {
  readonly id: OrderId;
  readonly tenantId: TenantId;
  readonly currency: Currency;
  readonly status: OrderStatus;
  readonly splitParameters: Readonly<Record<string, unknown>>;
  readonly splitTreeId: string | null;
  /** What others than an item's own recipient get of it, as read from the split parameters. */
  readonly shares: readonly Share[];
  readonly version: number;
  readonly createdAt: Date;
}

export type OrderStatus = 'open' | 'closed' | 'split' | 'settled';

/** Which status may follow which. Closing what is closed is not a transition: it is a success that changes nothing. */
export const orderTransitions = {
  open: ['closed'],
  closed: ['split'],
  split: ['settled'],
  settled: [],
} as const satisfies Record<OrderStatus, readonly OrderStatus[]>;

/** An order's way from its beginning to its end. */
const way = ['open', 'closed', 'split', 'settled'] as const satisfies readonly OrderStatus[];

/** The steps that take an order from one status to another; none where it is there or further on. */
export function stepsBetween(from: OrderStatus, to: OrderStatus): readonly Exclude<OrderStatus, 'open'>[] {
  const [, ...steps] = way;
  return steps.slice(way.indexOf(from), Math.max(way.indexOf(from), way.indexOf(to)));
}

/** Whether the order's money has been divided: it is its recipients' then, and no longer to be given back. */
export function isDivided(status: OrderStatus): boolean {
  return status === 'split' || status === 'settled';
}
