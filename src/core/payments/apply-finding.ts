import type { Transaction } from '#db/database.ts';
import { money, sameMoney } from '#kit/money.ts';
import { keepCard } from '../cards/keep-card.ts';
import { freeClaim } from '../claims/hold-claim.ts';
import type { Core } from '../core.ts';
import { freeLink } from '../links/hold-link.ts';
import { type Finding, isGivenUp, mayBeAbsent, type Operation } from '../operations/operation.ts';
import { keepEvidence, settleOperation } from '../operations/settle-operation.ts';
import { adoptCard } from '../subscriptions/adopt-card.ts';
import { settleAttempt } from '../subscriptions/settle-attempt.ts';
import { applyCapture } from './apply-capture.ts';
import { applyRefund } from './apply-refund.ts';
import { bookAuthorisation } from './book-authorisation.ts';
import { bookCharge, type Held, whySurplus } from './book-charge.ts';
import { bookValidation } from './book-validation.ts';
import { movePayment } from './move-payment.ts';
import { isActive, type PaymentStatus, statusAfterCancel, statusAfterDecline } from './payment.ts';

/** Applies what was found out about an operation that the caller holds, in the caller's transaction. */
export async function applyFinding(
  core: Core,
  transaction: Transaction,
  held: Held,
  reported: Finding,
  at: Date,
): Promise<void> {
  const { operation } = held;
  const finding = credible(operation, reported, at);
  if (finding === undefined) return;
  if (isSecondCapture(held, finding)) return keepEvidence(core, transaction, operation, finding);
  const moved = await settleOperation(core, transaction, operation, finding);
  // Whether a hold was voided there changes nothing here: it was let go when that was decided.
  if (!moved || operation.kind === 'void') return;
  if (operation.kind === 'refund') await applyRefund(core, transaction, held, finding, at);
  else if (operation.kind === 'complete') await applyCapture(core, transaction, held, finding, at);
  else await applyCharge(core, transaction, held, finding, at);
}

async function applyCharge(
  core: Core,
  transaction: Transaction,
  held: Held,
  finding: Finding,
  at: Date,
): Promise<void> {
  const { plan, operation } = held;
  if (finding.kind === 'approved') await bookApproval(core, transaction, held, finding, at);
  else await endAttempt(core, transaction, held, finding, at);
  if (plan === undefined) return;
  const isSurplus = finding.kind === 'approved' && whySurplus(held, finding) !== undefined;
  await settleAttempt(core, transaction, { plan, operation, isSurplus }, finding, at);
}

/** An approval of a capture that had been declined, after another took the money: for a person to look at. */
function isSecondCapture({ operation, payment }: Held, finding: Finding): boolean {
  return operation.kind === 'complete' && payment.status === 'completed' && finding.kind === 'approved';
}

async function bookApproval(
  core: Core,
  transaction: Transaction,
  held: Held,
  finding: Extract<Finding, { kind: 'approved' }>,
  at: Date,
): Promise<void> {
  const { operation, payment } = held;
  if (operation.byPage) await keepCard(core, transaction, operation, finding, at);
  if (operation.kind === 'validate') {
    await adoptCard(transaction, payment, operation);
    await bookValidation(core, transaction, held, at);
  } else if (operation.kind === 'auth') await bookAuthorisation(core, transaction, held, at);
  else await bookCharge(core, transaction, held, finding, at);
}

/**
 * What may be believed of a report, now that the operation is held. An approval of other money than was asked for is
 * no approval; "no record of it" is old news once a payer was sent to the page meanwhile.
 */
function credible(operation: Operation, finding: Finding, at: Date): Finding | undefined {
  if (finding.kind === 'absent') {
    return mayBeAbsent(operation, isGivenUp(operation, at)) ? finding : undefined;
  }
  if (finding.kind !== 'approved') return finding;
  const isAsked = sameMoney(finding.amount, money(operation.amount, operation.currency));
  return isAsked ? finding : { kind: 'unknown', detail: 'the processor approved another amount' };
}

/** A charge that did not happen, or of which nobody knows yet. */
async function endAttempt(
  core: Core,
  transaction: Transaction,
  held: Held,
  finding: Exclude<Finding, { kind: 'approved' }>,
  at: Date,
): Promise<void> {
  const { link, claim, payment } = held;
  const to = statusAfter(held.operation, finding, at);
  if (!isActive(payment.status)) return;
  await movePayment(core, transaction, payment, { to, reason: reasonOf(finding), at });
  if (isActive(to)) return;
  if (link !== undefined) await freeLink(transaction, link, payment.id);
  if (claim !== undefined) await freeClaim(transaction, claim, payment.id);
}

function statusAfter(
  operation: Operation,
  finding: Exclude<Finding, { kind: 'approved' }>,
  at: Date,
): PaymentStatus {
  switch (finding.kind) {
    case 'declined':
      // A processor that was asked to end it says of every such end that the payer's time was cut short.
      return finding.cause === 'payer'
        ? statusAfterCancel[operation.cancelAskedBy ?? 'payer']
        : statusAfterDecline[finding.cause];
    case 'absent':
      if (operation.cancelAskedBy !== null) return statusAfterCancel[operation.cancelAskedBy];
      return isGivenUp(operation, at) ? 'expired' : 'crashed';
    case 'waiting':
    case 'unknown':
      return 'pending';
  }
}

function reasonOf(finding: Exclude<Finding, { kind: 'approved' }>): string {
  switch (finding.kind) {
    case 'declined':
      return `${finding.code} ${finding.message}`.trim();
    case 'absent':
      return 'the processor has no record of it';
    case 'waiting':
      return 'the processor waits for the payer';
    case 'unknown':
      return 'the processor has not answered';
  }
}
