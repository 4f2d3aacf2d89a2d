import type { Transaction } from '#db/database.ts';
import { notFound } from '#kit/errors.ts';
import { isUuid, type OperationId, type PaymentId } from '#kit/ids.ts';
import { followPayment } from '../claims/follow-payment.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { freeLink } from '../links/hold-link.ts';
import { intendOperations } from '../operations/intend-operations.ts';
import type { Operation } from '../operations/operation.ts';
import { authorisationOf } from '../operations/read-operations.ts';
import { businessNow } from '../tenants/tenant.ts';
import { requireHeld } from './capture-payment.ts';
import { type HeldPayment, holdWhole } from './hold-payment.ts';
import { movePayment } from './move-payment.ts';
import { selectPayment } from './store.ts';

/**
 * Lets go of money that is held, for good. Refused as `operation_forbidden` where the payment is not authorised or is
 * being captured. A processor that can void is told; at one that cannot, the hold stays until it lapses there.
 */
export async function releasePayment(
  core: Core,
  call: Call,
  paymentId: string,
): Promise<Answer<{ paymentId: PaymentId }>> {
  const tenantId = call.tenant.id;
  return runOnce(core, call, async (transaction) => {
    const seen = isUuid(paymentId)
      ? await selectPayment(transaction, tenantId, paymentId as PaymentId)
      : undefined;
    if (seen === undefined) throw notFound('payment');
    await releaseHeld(core, transaction, call, seen.id);
    return { paymentId: seen.id };
  });
}

/** The same in the caller's transaction, of a payment that the caller knows to exist. */
export async function releaseHeld(
  core: Core,
  transaction: Transaction,
  { tenant }: Call,
  paymentId: PaymentId,
): Promise<void> {
  const held = await holdWhole(transaction, tenant.id, paymentId);
  const at = businessNow(core.clock, tenant);
  requireHeld(held.payment, at);
  const authorisation = await authorisationOf(transaction, tenant.id, paymentId);
  await release(core, transaction, held, authorisation, { reason: 'released', at });
}

/** Lets go of money that the caller's transaction holds; the void, where there is one, is sent after the commit. */
export async function release(
  core: Core,
  transaction: Transaction,
  held: HeldPayment,
  authorisation: Operation,
  { reason, at }: { reason: string; at: Date },
): Promise<void> {
  const { link, claim } = held;
  const payment = await movePayment(core, transaction, held.payment, { to: 'cancelled', reason, at });
  if (link !== undefined) await freeLink(transaction, link, payment.id);
  if (claim !== undefined) await followPayment(core, transaction, claim, payment, at);
  if (!core.processors.can(authorisation.connector, 'void')) return;
  const now = core.clock.now();
  await intendOperations(
    core,
    transaction,
    [
      {
        id: core.ids.uuid() as OperationId,
        tenantId: payment.tenantId,
        paymentId: payment.id,
        kind: 'void',
        connector: authorisation.connector,
        reference: core.ids.reference(),
        originalReference: authorisation.processorReference,
        cardId: null,
        byPage: false,
        currency: payment.currency,
        amount: payment.amount,
        reason,
        parameters: {},
        sentAt: null,
        attemptEndsAt: null,
        nextInquiryAt: now,
      },
    ],
    now,
  );
}
