import type { Transaction } from '#db/database.ts';
import type { PaymentId, TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { chargeOf } from '../operations/read-operations.ts';
import { holdPayment } from './hold-payment.ts';
import { intendRefund } from './intend-refund.ts';
import { refundable } from './payment.ts';

/**
 * Writes the intent to give back whatever of a payment is left, in the transaction of what decided it; the sweeper sends
 * it. The caller holds the link or claim it paid.
 */
export async function giveBackAll(
  core: Core,
  transaction: Transaction,
  { tenantId }: { readonly tenantId: TenantId },
  { paymentId, reason }: { paymentId: PaymentId; reason: string },
): Promise<void> {
  const payment = await holdPayment(transaction, tenantId, paymentId);
  const amount = refundable(payment);
  if (amount === 0n) return;
  const charge = await chargeOf(transaction, tenantId, paymentId);
  await intendRefund(core, transaction, { payment, charge, amount, reason, sendNow: false });
}
