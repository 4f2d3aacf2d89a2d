import type { CardDetails, OperationKind, Outcome } from '#kit/connector.ts';
import type { Currency } from '#kit/currency.ts';
import type { CardId, OperationId, PaymentId, TenantId } from '#kit/ids.ts';

/** One money movement at a processor: the intent, written down before anything is sent, and what became of it. */
export interface Operation {
  readonly id: OperationId;
  readonly tenantId: TenantId;
  readonly paymentId: PaymentId;
  readonly kind: OperationKind;
  readonly connector: string;
  /** Our reference at the processor, for ever the same for this intent. */
  readonly reference: string;
  /** The processor's reference of the movement this one follows. */
  readonly originalReference: string | null;
  /** The card that is charged; of an operation by page, the card that is to be kept of it. */
  readonly cardId: CardId | null;
  /** Whether the payer enters the card on the processor's page. */
  readonly byPage: boolean;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly reason: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly status: OperationStatus;
  readonly pageUrl: string | null;
  /** How often it was sent, always under the same reference; zero while it is only intended. */
  readonly sends: number;
  readonly inquiries: number;
  readonly sentAt: Date | null;
  /** In the tenant's time: after this no payer is waited for. */
  readonly attemptEndsAt: Date | null;
  /** Who wanted it ended while it waited for its payer, whether or not the processor could. */
  readonly cancelAskedBy: 'payer' | 'tenant' | null;
  readonly alarmedAt: Date | null;
  readonly processorReference: string | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly card: CardDetails | null;
  readonly createdAt: Date;
  readonly resolvedAt: Date | null;
}

/** What of its parameters says who a person is. It is kept while the processor may have to be told it, and no longer. */
export const personalParameters = ['phone_number'] as const;

/** The kinds that take money, which may so be given back: holding it takes none. */
export const chargeKinds: readonly OperationKind[] = ['purchase', 'complete'];

/** `absent`: the processor has no record of it and will get none. */
export type OperationStatus = 'intended' | 'awaiting-payer' | 'unknown' | 'approved' | 'declined' | 'absent';

/**
 * Which status may follow which. An approval is accepted even after the operation seemed over: the money came, and
 * money that came is booked.
 */
export const operationTransitions = {
  intended: ['awaiting-payer', 'unknown', 'approved', 'declined', 'absent'],
  'awaiting-payer': ['unknown', 'approved', 'declined', 'absent'],
  unknown: ['awaiting-payer', 'approved', 'declined', 'absent'],
  declined: ['approved'],
  absent: ['approved'],
  approved: [],
} as const satisfies Record<OperationStatus, readonly OperationStatus[]>;

/** What can be found out about an operation. */
export type Finding = Outcome | { readonly kind: 'absent' };

/** The status a finding stands for. */
export const statusOf = {
  approved: 'approved',
  declined: 'declined',
  waiting: 'awaiting-payer',
  unknown: 'unknown',
  absent: 'absent',
} as const satisfies Record<Finding['kind'], OperationStatus>;

/** Whether a finding moves the operation, says nothing new, or comes too late and is only kept. */
export function judgeFinding(
  operation: Pick<Operation, 'status'>,
  finding: Finding,
): 'apply' | 'same' | 'late' {
  const next = statusOf[finding.kind];
  if (next === operation.status) return 'same';
  const allowed: readonly OperationStatus[] = operationTransitions[operation.status];
  if (allowed.includes(next)) return 'apply';
  // Not knowing, about something that is waiting or over, is not news.
  return next === 'unknown' || next === 'awaiting-payer' ? 'same' : 'late';
}

export function isOpen(operation: Pick<Operation, 'status'>): boolean {
  return (
    operation.status === 'intended' || operation.status === 'awaiting-payer' || operation.status === 'unknown'
  );
}

/** Seconds until the next question, by how many were asked; the last one repeats. */
const inquiryBackoffSeconds = [2, 2, 4, 8, 15, 30, 60, 120, 300] as const;

/**
 * The same for a page that waits for its payer: notification and return are faster, and may both be lost. The last step
 * leaves time for asking, so that after a crash everything that was paid is known within a minute.
 */
const pageBackoffSeconds = [15, 30, 50] as const;

/**
 * After half an hour the payer who was there is gone, and one who is still to come is told of by return and notification:
 * a page that waits for days must not cost a question every minute, nor one that its processor never closes.
 */
export const patientPage = { afterInquiries: 36, seconds: 600 } as const;

/** How long until an open operation is asked about again. */
export function nextInquiryMs(operation: Pick<Operation, 'status' | 'inquiries'>): number {
  if (operation.status === 'awaiting-payer' && operation.inquiries >= patientPage.afterInquiries)
    return patientPage.seconds * 1_000;
  const steps = operation.status === 'awaiting-payer' ? pageBackoffSeconds : inquiryBackoffSeconds;
  const seconds = steps[Math.min(operation.inquiries, steps.length - 1)] ?? 0;
  return seconds * 1_000;
}

/** An operation unknown for longer than this raises an alarm. */
export const inquiryBudgetMs = 10 * 60_000;

/** Sends of one intent, all under one reference. After that a person has to look. */
const maxSends = 5;

/**
 * Whether an operation the processor has no record of may be given up. Asked once more under the lock: between the
 * question and its answer somebody may have been sent to the page.
 */
export function mayBeAbsent(operation: Pick<Operation, 'byPage' | 'pageUrl'>, givenUp: boolean): boolean {
  return givenUp || (operation.byPage && operation.pageUrl === null);
}

/** Whether the time of the operation's payer is over at `at`, in the tenant's time. */
export function isAttemptOver(operation: Pick<Operation, 'attemptEndsAt'>, at: Date): boolean {
  return operation.attemptEndsAt !== null && operation.attemptEndsAt <= at;
}

/** Whether nobody wants its money any more: the payer's time is over at `at`, or somebody asked for its end. */
export function isGivenUp(operation: Pick<Operation, 'attemptEndsAt' | 'cancelAskedBy'>, at: Date): boolean {
  return operation.cancelAskedBy !== null || isAttemptOver(operation, at);
}

/**
 * What to do when the processor has no record of our reference. "Not found" may only mean "not yet": it is believed
 * after the processor's settling time, and then the same intent is sent again under the same reference. A page nobody
 * has seen cannot be paid; a page somebody may have open is waited for until its time is over. What nobody wants any more
 * is not sent again.
 */
export function whenNotFound(
  operation: Pick<Operation, 'byPage' | 'pageUrl' | 'sends' | 'sentAt'>,
  circumstances: { wallNow: Date; settlingMs: number; givenUp: boolean },
): 'wait' | 'send-again' | 'absent' {
  const { givenUp } = circumstances;
  if (operation.byPage) return mayBeAbsent(operation, givenUp) ? 'absent' : 'wait';
  const sentMs = operation.sentAt?.getTime() ?? 0;
  const settled = circumstances.wallNow.getTime() - sentMs >= circumstances.settlingMs;
  if (settled && givenUp) return 'absent';
  return settled && operation.sends < maxSends ? 'send-again' : 'wait';
}
