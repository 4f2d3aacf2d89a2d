import type { Transaction } from '#db/database.ts';
import type { Payment } from './payment.ts';
import { updateAsked } from './store.ts';

/** Has a payment that the caller holds, and that has taken nothing yet, be about other things and another amount. */
export async function changeAsked(
  transaction: Transaction,
  payment: Payment,
  amount: bigint,
  given: Readonly<Record<string, unknown>>,
): Promise<Payment> {
  const { particulars } = payment;
  const asked = { amount, particulars: { ...particulars, given: { ...particulars.given, ...given } } };
  await updateAsked(transaction, payment, asked);
  return { ...payment, ...asked };
}
