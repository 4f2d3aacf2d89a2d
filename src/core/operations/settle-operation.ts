import type { Transaction } from '#db/database.ts';
import { later } from '#kit/clock.ts';
import { minorToJson } from '#kit/money.ts';
import type { Core } from '../core.ts';
import { type Finding, judgeFinding, nextInquiryMs, type Operation, statusOf } from './operation.ts';
import { insertLateEvidence, updatePage, updateResolution } from './store.ts';

/**
 * Applies a finding to an operation that the caller holds. Answers whether it moved: the same news again changes
 * nothing, and news that comes too late is kept beside the operation and not applied.
 */
export async function settleOperation(
  core: Core,
  transaction: Transaction,
  operation: Operation,
  finding: Finding,
): Promise<boolean> {
  const verdict = judgeFinding(operation, finding);
  if (verdict === 'same') return false;
  if (verdict === 'late') {
    await keepEvidence(core, transaction, operation, finding);
    return false;
  }
  const status = statusOf[finding.kind];
  const now = core.clock.now();
  const resolved = status !== 'awaiting-payer' && status !== 'unknown';
  await updateResolution(transaction, operation, {
    status,
    processorReference: 'processorReference' in finding ? (finding.processorReference ?? null) : null,
    code: 'code' in finding ? finding.code : null,
    message: messageOf(finding),
    card: finding.kind === 'approved' ? (finding.card ?? null) : null,
    resolvedAt: resolved ? now : null,
    pageUrl: finding.kind === 'waiting' ? (finding.pageUrl ?? null) : null,
    nextInquiryAt: later(now, nextInquiryMs({ status, inquiries: operation.inquiries })),
  });
  return true;
}

/** Keeps news that comes too late beside the operation that the caller holds. */
export async function keepEvidence(
  core: Core,
  transaction: Transaction,
  operation: Operation,
  finding: Finding,
): Promise<void> {
  await insertLateEvidence(transaction, operation, describe(finding), core.clock.now());
}

/** Keeps the page the processor opened for an operation that the caller holds. */
export async function keepPage(
  core: Core,
  transaction: Transaction,
  operation: Operation,
  pageUrl: string,
): Promise<void> {
  const nextInquiryAt = later(core.clock.now(), nextInquiryMs({ status: 'awaiting-payer', inquiries: 0 }));
  await updatePage(transaction, operation, pageUrl, nextInquiryAt);
}

/** What of a finding is kept as evidence: everything but the card's token. */
function describe(finding: Finding): Record<string, unknown> {
  if (finding.kind !== 'approved') return { ...finding };
  const { token: _token, amount, ...rest } = finding;
  return { ...rest, amount: minorToJson(amount.minor), currency: amount.currency };
}

function messageOf(finding: Finding): string | null {
  if (finding.kind === 'declined') return finding.message;
  return finding.kind === 'unknown' ? finding.detail : null;
}
