import type { Transaction } from '#db/database.ts';
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

/** The payment as it is without waiting for anybody: only to learn what else has to be locked before it. */
export async function peekPayment(
  transaction: Transaction,
  tenantId: TenantId,
  id: PaymentId,
): Promise<Payment> {
  const payment = await selectPayment(transaction, tenantId, id);
  if (payment === undefined) throw new Error(`payment ${id} is missing`);
  return payment;
}
