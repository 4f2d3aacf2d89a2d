import type { Transaction } from '#db/database.ts';
import { CoreError, invalid, notFound } from '#kit/errors.ts';
import type { OrderId, PaymentId } from '#kit/ids.ts';
import type { Money } from '#kit/money.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { requireKnownMerchants } from '../merchants/read-merchants.ts';
import { holdOrder } from '../orders/hold-orders.ts';
import { addDepositPayment } from '../payments/add-deposit-payment.ts';
import { movePayment } from '../payments/move-payment.ts';
import { depositMethod, type PaymentParticulars } from '../payments/payment.ts';
import { businessNow } from '../tenants/tenant.ts';
import type { ReferenceKind } from './deposit.ts';
import { isReference, reserveReference } from './reserve-reference.ts';

export interface InitiateDepositInput {
  readonly orderId: OrderId;
  readonly amount: Money;
  readonly particulars: PaymentParticulars;
  readonly callbackUrl: string | null;
  readonly kind: ReferenceKind;
  /** The tenant's own number; absent takes a new one. */
  readonly reference?: string;
  /** Whether exactly the amount completes the payment by itself. */
  readonly completeWhenFunded: boolean;
}

/** The property a tenant's own number is told to be wrong by. */
const referenceProperty = 'reference';

/**
 * Begins a payment that the payer makes at their bank, under a number that says what it is for. Refused: an unknown order
 * (`not_found`), a closed one (`payment_order_closed`), another currency than the order's or a number whose check digit is
 * wrong (`validation_failed`), a number that is taken or a merchant that is not the tenant's, or a tenant
 * without a bank account (`operation_forbidden`).
 */
export async function initiateDeposit(
  core: Core,
  call: Call,
  input: InitiateDepositInput,
): Promise<Answer<{ paymentId: PaymentId; reference: string }>> {
  const connector = call.tenant.settings.connectors[depositMethod];
  if (connector === undefined)
    throw new CoreError('operation_forbidden', `The payment method ${depositMethod} is not active.`);
  if (input.reference !== undefined && !isReference(input.reference))
    throw invalid(
      referenceProperty,
      'invalid_format',
      'A reference is 2 to 25 digits, the last one by modulo 10.',
    );
  return runOnce(core, call, async (transaction) => {
    await requireOrder(transaction, call, input);
    await requireKnownMerchants(transaction, call.tenant.id, input.particulars.items ?? []);
    const at = businessNow(core.clock, call.tenant);
    const payment = await addDepositPayment(core, transaction, {
      tenantId: call.tenant.id,
      orderId: input.orderId,
      linkId: null,
      origin: call.origin,
      connector,
      amount: input.amount,
      particulars: input.particulars,
      callbackUrl: input.callbackUrl,
      at,
    });
    const { reference } = await reserveReference(core.ids, transaction, {
      tenantId: call.tenant.id,
      reference: input.reference,
      kind: input.kind,
      linkId: null,
      paymentId: payment.id,
      completeWhenFunded: input.completeWhenFunded,
      documentName: null,
      createdAt: at,
    });
    await movePayment(core, transaction, payment, { to: 'pending', reason: 'waits for a deposit', at });
    return { paymentId: payment.id, reference };
  });
}

async function requireOrder(
  transaction: Transaction,
  { tenant }: Call,
  { orderId: id, amount }: InitiateDepositInput,
): Promise<void> {
  const order = await holdOrder(transaction, tenant.id, id);
  if (order === undefined) throw notFound('payment order');
  if (order.status !== 'open') throw new CoreError('payment_order_closed', 'The payment order is closed.');
  if (order.currency !== amount.currency)
    throw invalid('currency', 'invalid_enum', `The payment order is in ${order.currency}.`);
}
