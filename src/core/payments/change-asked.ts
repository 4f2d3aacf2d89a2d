import type { Transaction } from '#db/database.ts';
import type { PaymentItem } from '../allocations/allocation.ts';
import { requireKnownMerchants } from '../merchants/read-merchants.ts';
import type { Payment } from './payment.ts';
import { updateAsked } from './store.ts';

export interface AskedAnew {
  readonly amount: bigint;
  readonly items: readonly PaymentItem[];
  /** As the façade was given it. */
  readonly given: Readonly<Record<string, unknown>>;
}

/** Has a payment that the caller holds, and that has taken nothing yet, be about other things and another amount. */
export async function changeAsked(
  transaction: Transaction,
  payment: Payment,
  { amount, items, given }: AskedAnew,
): Promise<Payment> {
  await requireKnownMerchants(transaction, payment.tenantId, items);
  const { particulars } = payment;
  const asked = { amount, particulars: { ...particulars, items, given: { ...particulars.given, ...given } } };
  await updateAsked(transaction, payment, asked);
  return { ...payment, ...asked };
}
