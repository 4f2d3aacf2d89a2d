import type { Currency } from '#kit/currency.ts';
import type { OrderId, TenantId } from '#kit/ids.ts';

/** What groups payments that belong together: one sale, one booking. */
export interface Order {
  readonly id: OrderId;
  readonly tenantId: TenantId;
  readonly currency: Currency;
  readonly status: OrderStatus;
  readonly splitParameters: Readonly<Record<string, unknown>>;
  readonly splitTreeId: string | null;
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

/** Money may be given back only until the order's money has been divided. */
export function allowsRefund(status: OrderStatus): boolean {
  return status === 'open' || status === 'closed';
}
