import type { Transaction } from '#db/database.ts';
import { later } from '#kit/clock.ts';
import type { OperationId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { intendOperations } from '../operations/intend-operations.ts';
import type { Operation } from '../operations/operation.ts';
import type { Payment } from './payment.ts';
import { updateRefunds } from './refunds/store.ts';

/**
 * Writes the intent to give money back and reserves it, so that no other refund can promise the same money. The caller
 * holds the payment and has checked what is left. With `sendNow` the caller sends it after the commit; without, the
 * sweeper does.
 */
export async function intendRefund(
  core: Core,
  transaction: Transaction,
  refund: {
    payment: Payment;
    charge: Operation;
    amount: bigint;
    reason: string;
    sendNow: boolean;
    id?: OperationId;
  },
): Promise<OperationId> {
  const { payment, charge } = refund;
  const id = refund.id ?? (core.ids.uuid() as OperationId);
  const now = core.clock.now();
  await updateRefunds(transaction, payment, { refunding: refund.amount, refunded: 0n });
  await intendOperations(
    core,
    transaction,
    [
      {
        id,
        tenantId: payment.tenantId,
        paymentId: payment.id,
        kind: 'refund',
        connector: charge.connector,
        reference: core.ids.reference(),
        originalReference: charge.processorReference,
        cardId: charge.cardId,
        byPage: false,
        currency: payment.currency,
        amount: refund.amount,
        reason: refund.reason,
        parameters: charge.parameters,
        sentAt: refund.sendNow ? now : null,
        attemptEndsAt: null,
        nextInquiryAt: refund.sendNow ? later(now, core.limits.leaseMs) : now,
      },
    ],
    now,
  );
  return id;
}
