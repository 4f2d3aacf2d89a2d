import type { Queryable, Transaction } from '#db/database.ts';
import type { PaymentId, TenantId } from '#kit/ids.ts';
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

/** The payment as it is, without its history and without waiting for anybody. */
export async function peekPayment(queryable: Queryable, tenantId: TenantId, id: PaymentId): Promise<Payment> {
  const payment = await selectPayment(queryable, tenantId, id);
  if (payment === undefined) throw new Error(`payment ${id} is missing`);
  return payment;
}
