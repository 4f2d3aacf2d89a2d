import type { StoredEvent } from '#core/events/event.ts';
import type { LinkStatus } from '#core/links/link.ts';
import type { MerchantStatus } from '#core/merchants/merchant.ts';
import type { PaymentStatus } from '#core/payments/payment.ts';
import { linkStatuses, merchantStatuses, paymentStatuses, writeInstant } from './wire.ts';

/** How each kind of thing that owes callbacks is told. */
const renderers: Readonly<
  Partial<Record<StoredEvent['subject']['kind'], (event: StoredEvent) => Record<string, unknown>>>
> = {
  link: renderLink,
  payment: renderPayment,
  disbursement: renderDisbursement,
  merchant: renderMerchant,
  poke: renderPoke,
};

/** Tells an event as Ping would (facts A4, A6, A8). */
export function renderCallback(event: StoredEvent): string {
  const render = renderers[event.subject.kind];
  if (render === undefined) throw new Error(`Ping tells nothing of a ${event.subject.kind}`);
  return JSON.stringify(render(event));
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

/** With a space where others have a T: so the vendor prints it, in this callback alone. */
function renderDisbursement(event: StoredEvent): Record<string, unknown> {
  return { id: event.subject.id, disbursed_at: writeInstant(event.createdAt).replace('T', ' ') };
}

/** Not documented, so ours. */
function renderMerchant(event: StoredEvent): Record<string, unknown> {
  return {
    id: event.subject.id,
    status: merchantStatuses[event.data.status as MerchantStatus],
    occurred_at: writeInstant(event.createdAt),
  };
}

function renderPoke(event: StoredEvent): Record<string, unknown> {
  return { id: event.subject.id, type: 'poke', occurred_at: writeInstant(event.createdAt) };
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
