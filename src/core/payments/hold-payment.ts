import type { Queryable, Transaction } from '#db/database.ts';
import { notFound } from '#kit/errors.ts';
import { isUuid, type LinkId, type PaymentId, type TenantId } from '#kit/ids.ts';
import { holdOrder } from '../orders/hold-orders.ts';
import type { Order } from '../orders/order.ts';
import { type HeldThings, holdThings } from './hold-things.ts';
import type { Payment } from './payment.ts';
import { lockFundedOfLink, lockPayment, selectFundedOfLink, selectPayment } from './store.ts';

/** The payment, locked until the transaction ends. Links are locked before payments, payments before operations. */
export async function holdPayment(
  transaction: Transaction,
  tenantId: TenantId,
  id: PaymentId,
): Promise<Payment> {
  const payment = await lockPayment(transaction, tenantId, id);
  if (payment === undefined) throw new Error(`payment ${id} is missing`);
  return payment;
}

/**
 * A payment with its order, which is kept from being closed or divided meanwhile. An unknown payment, another tenant's
 * and one of another order are the same `not_found`. Without an order any of the tenant's payments will do.
 */
export async function holdWithOrder(
  transaction: Transaction,
  tenantId: TenantId,
  wanted: { paymentId: string; orderId?: string },
): Promise<{ payment: Payment; order: Order }> {
  const seen = isUuid(wanted.paymentId)
    ? await selectPayment(transaction, tenantId, wanted.paymentId as PaymentId)
    : undefined;
  if (seen === undefined || (wanted.orderId ?? seen.orderId).toLowerCase() !== seen.orderId) {
    throw notFound('payment');
  }
  const order = await holdOrder(transaction, tenantId, seen.orderId);
  if (order === undefined) throw new Error(`order ${seen.orderId} is missing`);
  return { payment: await holdPayment(transaction, tenantId, seen.id), order };
}

/** The payment that gathers a link's deposits, where some have come and it is not over; locked. The link is held. */
export async function holdFunded(
  transaction: Transaction,
  tenantId: TenantId,
  linkId: LinkId,
): Promise<Payment | undefined> {
  return lockFundedOfLink(transaction, tenantId, linkId);
}

/** The same, without waiting for anybody. */
export async function peekFunded(
  queryable: Queryable,
  tenantId: TenantId,
  linkId: LinkId,
): Promise<Payment | undefined> {
  return selectFundedOfLink(queryable, tenantId, linkId);
}

/** A payment with what it is to pay, locked in the one order everybody locks in: that first. */
export interface HeldPayment extends HeldThings {
  readonly payment: Payment;
}

/** Locks a payment that the caller knows to exist, and before it the link, claim or plan it is to pay. */
export async function holdWhole(
  transaction: Transaction,
  tenantId: TenantId,
  id: PaymentId,
): Promise<HeldPayment> {
  const seen = await peekPayment(transaction, tenantId, id);
  const thingsOf = await holdThings(transaction, [seen]);
  return { ...thingsOf(id), payment: await holdPayment(transaction, tenantId, id) };
}

/** The payment as it is, without its history and without waiting for anybody. */
export async function peekPayment(queryable: Queryable, tenantId: TenantId, id: PaymentId): Promise<Payment> {
  const payment = await selectPayment(queryable, tenantId, id);
  if (payment === undefined) throw new Error(`payment ${id} is missing`);
  return payment;
}
