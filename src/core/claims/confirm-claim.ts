import type { Transaction } from '#db/database.ts';
import { CoreError } from '#kit/errors.ts';
import type { OperationId, OrderId, PaymentId } from '#kit/ids.ts';
import { money } from '#kit/money.ts';
import type { Core } from '../core.ts';
import { readCustomers } from '../customers/read-customers.ts';
import { openOrders } from '../orders/open-orders.ts';
import { initiatePayments } from '../payments/initiate-payments.ts';
import type { Tenant } from '../tenants/tenant.ts';
import { hasPrescription } from '../uploads/list-uploads.ts';
import type { Claim } from './claim.ts';
import { holdClaim, takeClaim } from './hold-claim.ts';

/** The method claims are paid by. */
const method = 'card';

/**
 * Starts to pay a claim, and waits for the processor's first answer. While an attempt is under way it is answered again, so
 * that a double click, Back or a second tab cannot charge twice. Forbidden where the claim is not the payer's to pay, or a
 * prescription is missing. `pageUrl` is where the payer comes back to while it is not paid.
 */
export async function confirmClaim(
  core: Core,
  tenant: Tenant,
  claim: Claim,
  pageUrl: string,
): Promise<PaymentId> {
  const made = { id: core.ids.uuid() as PaymentId, operationId: core.ids.uuid() as OperationId };
  const paymentId = await core.database.transaction(async (transaction) => {
    const held = await holdClaim(transaction, tenant.id, claim.id);
    if (held.activePaymentId !== null) return held.activePaymentId;
    await requireConfirmable(transaction, held);
    await start(core, transaction, { tenant, claim: held, pageUrl, made });
    return made.id;
  });
  if (paymentId === made.id) await core.processors.perform(tenant.id, made.operationId);
  return paymentId;
}

async function requireConfirmable(transaction: Transaction, claim: Claim): Promise<void> {
  if (claim.status !== 'claimed')
    throw new CoreError('operation_forbidden', `The payment is ${claim.status}.`);
  if (claim.prescriptionRequired && !(await hasPrescription(transaction, claim)))
    throw new CoreError('operation_forbidden', 'A prescription has to be uploaded first.');
}

async function start(
  core: Core,
  transaction: Transaction,
  attempt: {
    tenant: Tenant;
    claim: Claim;
    pageUrl: string;
    made: { id: PaymentId; operationId: OperationId };
  },
): Promise<void> {
  const { tenant, claim, pageUrl, made } = attempt;
  const call = { tenant, origin: claim.origin };
  const orderId = core.ids.uuid() as OrderId;
  const ids = claim.customerId === null ? [] : [claim.customerId];
  const [payer] = (await readCustomers(transaction, claim.tenantId, ids)).values();
  await openOrders(core, transaction, [{ call, id: orderId, currency: claim.currency }]);
  const [payment] = await initiatePayments(core, transaction, [
    {
      call,
      ...made,
      orderId,
      claimId: claim.id,
      method,
      capture: claim.capture,
      amount: money(claim.amount, claim.currency),
      parameters: {},
      particulars: {
        given: {},
        description: claim.reference ?? tenant.name,
        successUrl: claim.successUrl,
        pendingUrl: pageUrl,
        cancelUrl: pageUrl,
        ...(payer?.email ? { payerEmail: payer.email } : {}),
      },
      callbackUrl: null,
    },
  ]);
  if (payment instanceof CoreError) throw payment;
  await takeClaim(transaction, claim, made.id);
}
