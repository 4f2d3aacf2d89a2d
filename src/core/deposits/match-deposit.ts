import type { Transaction } from '#db/database.ts';
import { CoreError, invalid, notFound } from '#kit/errors.ts';
import type { DepositId, LinkId, PaymentId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { readLink } from '../links/read-link.ts';
import { depositMethod, isActive, isFunded } from '../payments/payment.ts';
import { findPayment } from '../payments/read-payment.ts';
import { businessNow } from '../tenants/tenant.ts';
import { allocateDeposit, holdPurpose, type Purpose } from './allocate-deposit.ts';
import type { Deposit, DepositReference } from './deposit.ts';
import { findReferenceOf } from './find-reference.ts';
import { readDeposit } from './read-deposits.ts';
import { lockDeposit } from './store.ts';

/** What a deposit turned out to be for. */
export type MatchTarget = { readonly linkId: string } | { readonly paymentId: string };

/**
 * Says what an unallocated deposit was for: a link with an invoice, or a payment by deposit. `operation_forbidden` where
 * nothing of it is unallocated, the link has no invoice, or the target takes no money any more, `validation_failed` where the target is in another currency.
 */
export async function matchDeposit(
  core: Core,
  call: Call,
  input: { depositId: string; target: MatchTarget },
): Promise<Answer<{ depositId: DepositId }>> {
  const { tenant } = call;
  return runOnce(core, call, async (transaction) => {
    const seen = await readDeposit({ database: transaction }, tenant, input.depositId);
    const reference = await referenceOf(transaction, call, input.target);
    const purpose = await holdPurpose(transaction, reference);
    const deposit = await lockDeposit(transaction, tenant.id, seen.id);
    if (deposit === undefined) throw notFound('deposit');
    requireMatch(deposit, purpose, 'linkId' in input.target ? 'linkId' : 'paymentId');
    const at = businessNow(core.clock, tenant);
    await allocateDeposit(core, transaction, { tenant, deposit, purpose, at });
    return { depositId: deposit.id };
  });
}

/** The number that the target was given: a link gets one with its invoice. */
async function referenceOf(
  transaction: Transaction,
  call: Call,
  target: MatchTarget,
): Promise<DepositReference> {
  const found = await findTarget(transaction, call, target);
  const reference = await findReferenceOf(transaction, call.tenant.id, found);
  if (reference !== undefined) return reference;
  throw new CoreError('operation_forbidden', 'The payment link has no invoice; make one first.');
}

async function findTarget(
  database: Transaction,
  { tenant }: Call,
  target: MatchTarget,
): Promise<{ linkId: LinkId } | { paymentId: PaymentId }> {
  if ('linkId' in target) return { linkId: (await readLink({ database }, tenant, target.linkId)).id };
  const payment = await findPayment(database, tenant, target.paymentId);
  if (payment.method !== depositMethod)
    throw new CoreError('operation_forbidden', 'The payment is not by deposit.');
  return payment.linkId === null ? { paymentId: payment.id } : { linkId: payment.linkId };
}

function requireMatch(deposit: Deposit, { link, payment }: Purpose, property: string): void {
  if (deposit.unallocated === 0n)
    throw new CoreError('operation_forbidden', 'Nothing of this deposit is unallocated.');
  if ((link ?? payment)?.currency !== deposit.currency)
    throw invalid(property, 'invalid_enum', `The deposit is in ${deposit.currency}.`);
  const isOver = link !== undefined ? link.paymentId !== null : !takesMoney(payment?.status);
  if (isOver) throw new CoreError('operation_forbidden', 'It takes no money any more.');
}

function takesMoney(status: Parameters<typeof isActive>[0] | undefined): boolean {
  return status !== undefined && (isActive(status) || isFunded(status));
}
