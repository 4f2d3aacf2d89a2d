import type { Transaction } from '#db/database.ts';
import { CoreError } from '#kit/errors.ts';
import type { OperationId, PaymentId } from '#kit/ids.ts';
import { validationAmount } from '../cards/validation-amount.ts';
import type { Call, Core } from '../core.ts';
import { type CardUse, initiatePayments, type NewPayment } from '../payments/initiate-payments.ts';
import type { PaymentParticulars } from '../payments/payment.ts';
import { businessNow } from '../tenants/tenant.ts';
import { insertAttempts } from './attempts/store.ts';
import { cycleAmount, type Subscription } from './subscription.ts';

export interface NewCharge {
  readonly call: Call;
  readonly subscription: Subscription;
  readonly card: CardUse;
  readonly made: { readonly paymentId: PaymentId; readonly operationId: OperationId };
  /** Where the payer goes from the processor's page. */
  readonly urls?: Pick<PaymentParticulars, 'successUrl' | 'cancelUrl' | 'pendingUrl'>;
}

/**
 * Writes the intent to take the next cycle of each plan, in the transaction that holds the plans. Answers the error in
 * the place of each one whose charge may not be; the attempts of the others are under way.
 */
export async function beginCharges(
  core: Core,
  transaction: Transaction,
  wanted: readonly NewCharge[],
): Promise<(CoreError | undefined)[]> {
  const results = await initiatePayments(
    core,
    transaction,
    wanted.map((one) => toPayment(core, one)),
  );
  const begun = wanted.filter((_, index) => !(results[index] instanceof CoreError));
  if (begun.length > 0) {
    await insertAttempts(
      transaction,
      begun.map(({ call, subscription, made }) => ({
        tenantId: subscription.tenantId,
        subscriptionId: subscription.id,
        cycle: subscription.nextCycle,
        paymentId: made.paymentId,
        at: businessNow(core.clock, call.tenant),
      })),
    );
  }
  return results.map((result) => (result instanceof CoreError ? result : undefined));
}

/** A cycle that takes nothing still has its card validated. */
function toPayment(core: Core, { call, subscription, card, made, urls }: NewCharge): NewPayment {
  const amount = cycleAmount(subscription, subscription.nextCycle);
  const takesNothing = amount.minor === 0n;
  return {
    call: { tenant: call.tenant, origin: subscription.origin },
    id: made.paymentId,
    operationId: made.operationId,
    orderId: subscription.orderId,
    customerId: subscription.customerId,
    subscriptionId: subscription.id,
    card,
    ...(takesNothing ? { validates: true } : {}),
    method: 'card',
    amount: takesNothing ? validationAmount(subscription.currency) : amount,
    parameters: {},
    particulars: { given: {}, description: subscription.description, ...urls },
    callbackUrl: null,
    attemptMs: core.limits.enrolmentMs,
  };
}
