import type { Queryable, Transaction } from '#db/database.ts';
import type { LinkId, PaymentId, TenantId } from '#kit/ids.ts';
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

/** The payment as it is, without its history and without waiting for anybody. */
export async function peekPayment(queryable: Queryable, tenantId: TenantId, id: PaymentId): Promise<Payment> {
  const payment = await selectPayment(queryable, tenantId, id);
  if (payment === undefined) throw new Error(`payment ${id} is missing`);
  return payment;
}
