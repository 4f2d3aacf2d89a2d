import type { Queryable, Transaction } from '#db/database.ts';
import type { PaymentId, TenantId } from '#kit/ids.ts';
import { holdLink } from '../links/hold-link.ts';
import type { Link } from '../links/link.ts';
import type { Payment } from './payment.ts';
import { lockPayment, selectPayment } from './store.ts';

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

/** A payment with the link it is to pay, locked in the one order everybody locks in: link, payment. */
export interface HeldPayment {
  readonly link: Link | undefined;
  readonly payment: Payment;
}

/** Locks a payment that the caller knows to exist, and before it the link it is to pay. */
export async function holdWithLink(
  transaction: Transaction,
  tenantId: TenantId,
  id: PaymentId,
): Promise<HeldPayment> {
  const seen = await peekPayment(transaction, tenantId, id);
  const link = seen.linkId === null ? undefined : await holdLink(transaction, tenantId, seen.linkId);
  return { link, payment: await holdPayment(transaction, tenantId, id) };
}

/** The payment as it is, without its history and without waiting for anybody. */
export async function peekPayment(queryable: Queryable, tenantId: TenantId, id: PaymentId): Promise<Payment> {
  const payment = await selectPayment(queryable, tenantId, id);
  if (payment === undefined) throw new Error(`payment ${id} is missing`);
  return payment;
}
