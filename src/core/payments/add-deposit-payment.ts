import type { Transaction } from '#db/database.ts';
import type { LinkId, OrderId, PaymentId, TenantId } from '#kit/ids.ts';
import type { Money } from '#kit/money.ts';
import type { Core } from '../core.ts';
import { recordEvents } from '../events/record-events.ts';
import { describePayment } from './move-payment.ts';
import { depositMethod, type Payment, type PaymentParticulars } from './payment.ts';
import { insertPayments } from './store.ts';

export interface NewDepositPayment {
  readonly tenantId: TenantId;
  readonly orderId: OrderId;
  readonly linkId: LinkId | null;
  readonly origin: string;
  /** Which connector serves deposits for the tenant: refunds go back by it. */
  readonly connector: string;
  readonly amount: Money;
  readonly particulars: PaymentParticulars;
  readonly callbackUrl: string | null;
  readonly at: Date;
}

/**
 * Writes a payment that deposits are to pay. Nothing is charged, so there is no operation: one is written when the
 * money is there. The caller holds the order, and the link if there is one.
 */
export async function addDepositPayment(
  core: Core,
  transaction: Transaction,
  { amount, at, ...wanted }: NewDepositPayment,
): Promise<Payment> {
  const payment: Payment = {
    ...wanted,
    id: core.ids.uuid() as PaymentId,
    claimId: null,
    customerId: null,
    subscriptionId: null,
    method: depositMethod,
    status: 'initiated',
    currency: amount.currency,
    amount: amount.minor,
    captured: 0n,
    capturing: 0n,
    authorisationMs: null,
    lapsesAt: null,
    refunding: 0n,
    refunded: 0n,
    superseded: false,
    version: 1,
    createdAt: at,
  };
  await insertPayments(transaction, [payment]);
  await recordEvents(core, transaction, [
    {
      tenantId: payment.tenantId,
      type: 'payment.initiated',
      subject: { kind: 'payment', id: payment.id, version: 1 },
      data: describePayment(payment, 'created'),
      at,
    },
  ]);
  return payment;
}
