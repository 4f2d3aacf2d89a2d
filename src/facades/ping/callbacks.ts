import type { StoredEvent } from '#core/events/event.ts';
import type { LinkStatus } from '#core/links/link.ts';
import type { PaymentStatus } from '#core/payments/payment.ts';
import { linkStatuses, paymentStatuses, writeInstant } from './wire.ts';

/** Tells an event as Ping would: the link status callback (facts A4) or the payment status callback (facts A8). */
export function renderCallback(event: StoredEvent): string {
  return JSON.stringify(event.subject.kind === 'link' ? renderLink(event) : renderPayment(event));
}

/** The key `occured_at` is misspelt in the vendor's documentation, and so here. */
function renderLink(event: StoredEvent): Record<string, unknown> {
  return {
    payment_link_id: event.subject.id,
    status: linkStatuses[event.data.status as LinkStatus],
    occured_at: writeInstant(event.createdAt),
  };
}

/** The vendor prints fragments only; the whole is decision A8's proposal. */
function renderPayment(event: StoredEvent): Record<string, unknown> {
  const data = event.data as FundsData & { orderId: string; given?: { metadata?: unknown } };
  const { orderId, status, given } = data;
  const funds = fundsOf(data);
  return {
    id: event.id,
    payment_id: event.subject.id,
    payment_order_id: orderId,
    status: paymentStatuses[status],
    occurred_at: writeInstant(event.createdAt),
    funds,
    received_funds: funds?.received_total ?? null,
    metadata: given?.metadata ?? {},
  };
}

type FundsData = {
  readonly status: PaymentStatus;
  readonly amount: number;
  readonly received?: number;
  readonly receivedTotal?: number;
};

/** What a deposit brought, and all deposits so far; of a charge, all there is. */
function fundsOf({ status, amount, received, receivedTotal }: FundsData) {
  if (received !== undefined && receivedTotal !== undefined)
    return { received, received_total: receivedTotal };
  return status === 'completed' ? { received: amount, received_total: amount } : null;
}
