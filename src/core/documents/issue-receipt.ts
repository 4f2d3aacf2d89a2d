import type { Transaction } from '#db/database.ts';
import type { DocumentId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { Payment } from '../payments/payment.ts';
import { insertDocument } from './store.ts';

/** Issues the receipt of a payment, once, in the transaction that books it. */
export async function issueReceipt(
  core: Core,
  transaction: Transaction,
  payment: Payment,
  at: Date,
): Promise<void> {
  await insertDocument(transaction, {
    id: core.ids.uuid() as DocumentId,
    tenantId: payment.tenantId,
    kind: 'receipt',
    paymentId: payment.id,
    number: receiptNumber(payment, at),
    createdAt: at,
  });
}

/** The day and the end of the payment's id, its random part: short enough to be read out, and found by either. */
function receiptNumber(payment: Payment, at: Date): string {
  return `${at.toISOString().slice(0, 10).replaceAll('-', '')}-${payment.id.slice(-8).toUpperCase()}`;
}
