import { later } from '#kit/clock.ts';
import type { Core } from '../core.ts';
import { updateAlarmed, updateNextInquiry, updateSentAgain } from './inquiries/store.ts';
import { inquiryBudgetMs, nextInquiryMs, type Operation } from './operation.ts';

/**
 * Plans the next question about an operation that is still open, and raises the alarm where the answer is overdue.
 * `settledAt` is when a "no record" will be final: it is not slept through, however often has been asked before.
 * Answers whether the alarm was raised just now.
 */
export async function keepInquiry(core: Core, operation: Operation, settledAt?: Date): Promise<boolean> {
  const now = core.clock.now();
  const usual = later(now, nextInquiryMs(operation));
  const next = settledAt !== undefined && settledAt > now && settledAt < usual ? settledAt : usual;
  await updateNextInquiry(core.database, operation, next);
  // A payer may take their time; nobody is waited for with a refund.
  const waitsForPayer = operation.status === 'awaiting-payer' && operation.kind !== 'refund';
  const overdue = !waitsForPayer && now.getTime() - operation.createdAt.getTime() > inquiryBudgetMs;
  if (!overdue || operation.alarmedAt !== null) return false;
  await updateAlarmed(core.database, operation, now);
  return true;
}

/** Marks one more send of the same intent under the same reference; false where somebody else was first. */
export async function markSentAgain(core: Core, operation: Operation): Promise<boolean> {
  const now = core.clock.now();
  return updateSentAgain(core.database, operation, now, later(now, core.limits.leaseMs));
}
