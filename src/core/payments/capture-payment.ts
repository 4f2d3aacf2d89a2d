import type { Transaction } from '#db/database.ts';
import { later } from '#kit/clock.ts';
import { CoreError, notFound } from '#kit/errors.ts';
import { isUuid, type OperationId, type PaymentId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runSideBySide } from '../idempotency/run-side-by-side.ts';
import type { Asked } from '../idempotency/run-together.ts';
import { intendOperations } from '../operations/intend-operations.ts';
import { authorisationOf } from '../operations/read-operations.ts';
import { joinAnswer } from '../operations/require-answered.ts';
import { businessNow } from '../tenants/tenant.ts';
import { updateCapturing } from './captures/store.ts';
import { hasLapsed, type Payment } from './payment.ts';
import { lockPayment } from './store.ts';

export interface CaptureInput {
  readonly paymentId: string;
  /** Minor units; `'all'` takes what is held. What is held and not taken lapses at the processor. */
  readonly amount: bigint | 'all';
  /** Lets more be taken than is held, where the caller's dialect says so; what is above is not guaranteed. */
  readonly mayExceed?: true;
  /** Kept with the capture, beside what the charge was given. */
  readonly parameters?: Readonly<Record<string, string>>;
}

export interface Captured {
  readonly captureId: OperationId;
}

export type CapturePayment = (call: Call, input: CaptureInput) => Promise<Answer<Captured>>;

interface Capture extends Asked<Captured> {
  readonly input: CaptureInput;
}

/**
 * Takes money that is held, once. The amount is reserved under the payment's lock before anything is sent, so that a
 * capture, a release and the lapse of one payment have one winner. Intents that arrive together are written with one
 * commit. Refused: a payment that is not authorised, has lapsed, or is being captured (`operation_forbidden`), more than
 * is held (`amount_exceeds_available`). The answer names the capture; its operation tells whether it is approved,
 * declined or not known yet.
 */
export function paymentCapturing(core: Core): CapturePayment {
  const intend = runSideBySide<Capture>(core, {
    subjectOf: ({ call, input }) => `${call.tenant.id} ${input.paymentId.toLowerCase()}`,
    effect: (lane, capture) => intendAsked(core, lane, capture),
  });
  return async (call, input) => {
    const answer = await intend({ call, input, foreseen: { captureId: core.ids.uuid() as OperationId } });
    if (answer.replayed) await joinAnswer(core, call, answer.result.captureId);
    else await core.processors.perform(call.tenant.id, answer.result.captureId);
    return answer;
  };
}

async function intendAsked(
  core: Core,
  transaction: Transaction,
  { call, input, foreseen }: Capture,
): Promise<void> {
  const payment = await holdCapturable(core, transaction, call, input.paymentId);
  const amount = input.amount === 'all' ? payment.amount : input.amount;
  if (amount > payment.amount && input.mayExceed !== true)
    throw new CoreError('amount_exceeds_available', `Only ${payment.amount} is held.`);
  await intendCapture(core, transaction, {
    payment,
    id: foreseen.captureId,
    amount,
    mayExceed: input.mayExceed === true,
    parameters: input.parameters ?? {},
  });
}

async function holdCapturable(
  core: Core,
  transaction: Transaction,
  call: Call,
  paymentId: string,
): Promise<Payment> {
  const payment = isUuid(paymentId)
    ? await lockPayment(transaction, call.tenant.id, paymentId as PaymentId)
    : undefined;
  if (payment === undefined) throw notFound('payment');
  requireHeld(payment, businessNow(core.clock, call.tenant));
  return payment;
}

/** Refuses, as `operation_forbidden`, what is not held, or is spoken for by a capture under way. */
export function requireHeld(payment: Payment, at: Date): void {
  if (payment.status !== 'authorised')
    throw new CoreError('operation_forbidden', `The payment is ${payment.status}, not authorised.`);
  if (payment.capturing > 0n)
    throw new CoreError('operation_forbidden', 'A capture of the payment is under way.');
  if (hasLapsed(payment, at)) throw new CoreError('operation_forbidden', 'The authorisation has lapsed.');
}

/** Writes the intent to capture, and reserves it, for a caller that holds the payment and has asked `requireHeld`. */
export async function intendCapture(
  core: Core,
  transaction: Transaction,
  capture: {
    payment: Payment;
    id: OperationId;
    amount: bigint;
    mayExceed: boolean;
    parameters: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const { payment, id, amount, mayExceed } = capture;
  const authorisation = await authorisationOf(transaction, payment.tenantId, payment.id);
  const now = core.clock.now();
  await updateCapturing(transaction, payment, { capturing: amount, mayExceed });
  await intendOperations(
    core,
    transaction,
    [
      {
        id,
        tenantId: payment.tenantId,
        paymentId: payment.id,
        kind: 'complete',
        connector: authorisation.connector,
        reference: core.ids.reference(),
        originalReference: authorisation.processorReference,
        cardId: null,
        byPage: false,
        currency: payment.currency,
        amount,
        reason: 'capture',
        parameters: { ...authorisation.parameters, ...capture.parameters },
        sentAt: now,
        attemptEndsAt: null,
        nextInquiryAt: later(now, core.limits.leaseMs),
      },
    ],
    now,
  );
}
