import type { Operation, OperationStatus } from '#core/operations/operation.ts';
import type { Order } from '#core/orders/order.ts';
import type { Payment } from '#core/payments/payment.ts';
import type { PaymentRecord } from '#core/payments/read-payment.ts';
import type { PaymentId } from '#kit/ids.ts';
import { minorToJson } from '#kit/money.ts';
import type { CodeWish } from './swish-parameters.ts';
import { derivedId, orderStatuses, paymentStatuses, writeInstant } from './wire.ts';
import { writeSwish } from './write-swish.ts';

/** A payment with its history and refunds (facts A6). */
export function writePayment({ payment, transitions, operations }: PaymentRecord): Record<string, unknown> {
  const { given } = payment.particulars;
  const refunds = operations.filter(isApprovedRefund).map(writeRefund);
  return {
    id: payment.id,
    payment_order_id: payment.orderId,
    status: paymentStatuses[payment.status],
    currency: payment.currency,
    total_amount: minorToJson(payment.amount),
    order_items: given.order_items ?? [],
    provider: given.provider ?? payment.connector,
    method: given.method ?? payment.method,
    payer: given.payer ?? null,
    metadata: given.metadata ?? {},
    status_history: transitions.map((transition) => ({
      id: derivedId(payment.id, transition.version),
      status: paymentStatuses[transition.toStatus],
      occurred_at: writeInstant(transition.at),
      funds: writeFunds(payment, transition),
      details: null,
    })),
    refund: refunds[0] ?? null,
    refunds,
  };
}

/** What a deposit brought, and all deposits so far; of a charge, all there is. */
function writeFunds(
  payment: PaymentRecord['payment'],
  { toStatus, received, receivedTotal }: PaymentRecord['transitions'][number],
): { received: number; received_total: number } | null {
  if (received !== null && receivedTotal !== null)
    return { received: minorToJson(received), received_total: minorToJson(receivedTotal) };
  if (toStatus !== 'completed') return null;
  return { received: minorToJson(payment.captured), received_total: minorToJson(payment.captured) };
}

function isApprovedRefund(operation: Operation): boolean {
  return operation.kind === 'refund' && operation.status === 'approved';
}

function writeRefund(operation: Operation): { amount: number; refunded_at: string } {
  return {
    amount: minorToJson(operation.amount),
    refunded_at: writeInstant(operation.resolvedAt ?? operation.createdAt),
  };
}

/** An order alone, as lists tell it (facts A6). */
export function writeOrder(order: Order): Record<string, unknown> {
  return {
    id: order.id,
    status: orderStatuses[order.status],
    currency: order.currency,
    created_at: writeInstant(order.createdAt),
    split_tree_id: order.splitTreeId,
    split_parameters: order.splitParameters,
  };
}

/** What became of a refund when it was asked for: the vendor has no words of its own for it, so a payment's. */
export function writeRefundAnswer(payment: Payment, refund: Operation): Record<string, unknown> {
  return {
    amount: minorToJson(refund.amount),
    currency: refund.currency,
    provider: payment.particulars.given.provider ?? payment.connector,
    status: refundStatuses[refund.status],
  };
}

const refundStatuses = {
  intended: 'PENDING',
  'awaiting-payer': 'PENDING',
  unknown: 'PENDING',
  approved: 'COMPLETED',
  declined: 'DECLINED',
  absent: 'CRASHED',
} as const satisfies Record<OperationStatus, string>;

/** What the tenant needs to send its payer on: the processor's page or app, where there is one (facts A7). */
export async function writeInitiated(
  paymentId: PaymentId,
  charges: readonly Operation[],
  codeWish?: CodeWish,
): Promise<Record<string, unknown>> {
  const pageUrl = charges.find((charge) => charge.pageUrl !== null)?.pageUrl ?? null;
  return { id: paymentId, provider_method_response: await writeResponse(pageUrl, codeWish) };
}

async function writeResponse(
  pageUrl: string | null,
  codeWish: CodeWish | undefined,
): Promise<Record<string, string>> {
  if (pageUrl === null) return {};
  return pageUrl.startsWith('swish:') ? writeSwish(pageUrl, codeWish) : { redirect_url: pageUrl };
}
