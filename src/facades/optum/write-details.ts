import type { Correction } from '#core/payout-files/read-corrections.ts';
import { totalsOf } from '#core/payouts/order.ts';
import { type Attempt, allows, availableOf, type Payout, type PayoutAction } from '#core/payouts/payout.ts';
import type { PayoutRecord } from '#core/payouts/read-payout.ts';
import { minorToJson } from '#kit/money.ts';
import type { RailName } from '#kit/rail.ts';
import { documentId, type PayoutDocument } from './documents.ts';
import { prefix, statuses, writeId, writePayment } from './wire.ts';

const methods = {
  ach: 'ACH',
  check: 'CHECK',
  'virtual-card': 'VIRTUAL_CARD',
} as const satisfies Record<RailName, string>;

/** What a payment's details name besides the payment itself. */
interface Enclosed {
  readonly documents: readonly PayoutDocument[];
  readonly corrections: readonly Correction[];
}

/** `GET …/details`, whole (optum-create-body.md, section 3). */
export function writeDetails(
  publicUrl: string,
  { payout, attempts, transitions }: PayoutRecord,
  { documents, corrections }: Enclosed,
): Record<string, unknown> {
  const { ordered } = payout;
  const present = attempts.at(-1);
  if (present === undefined) throw new Error(`payout ${payout.id} has no attempt`);
  const self = `${publicUrl}${prefix}/payments/${writeId(payout.id)}`;
  return {
    ...writePayment(payout),
    accountId: payout.accountId,
    createdAt: payout.createdAt.toISOString(),
    updatedAt: payout.updatedAt.toISOString(),
    paymentDetails: ordered.paymentDetails ?? null,
    payeeDetails: ordered.payeeDetails,
    shippingDetails: ordered.shippingDetails ?? null,
    numberOfClaims: ordered.claimLevelInformation?.length ?? 0,
    claimLevelInformation: ordered.claimLevelInformation ?? [],
    providerLevelAdjustment: ordered.providerLevelAdjustment ?? [],
    delivery: writeDelivery(present),
    remittance: writeRemittance(payout, present),
    returned: writeReturned(present),
    corrections: corrections.map((one) => ({ ...one, at: one.at.toISOString() })),
    balance: writeBalance(present),
    statusHistory: transitions.map(({ toStatus, at, reason }) => ({
      status: statuses[toStatus],
      at: at.toISOString(),
      reason: reason === '' ? null : reason,
    })),
    attempts: attempts.map(writeAttempt),
    documents: documents.map((document) => writeDocument(self, document)),
    links: writeLinks(self, payout, present),
  };
}

function writeDelivery(attempt: Attempt) {
  return {
    method: methods[attempt.rail],
    attempt: attempt.attempt,
    achTraceNumber: attempt.rail === 'ach' ? attempt.instrument : null,
    checkNumber: attempt.rail === 'check' ? attempt.instrument : null,
    cardLast4: attempt.cardLast4,
    effectiveDate: attempt.effectiveDate,
  };
}

/** Null until the trace number is known. */
function writeRemittance({ ordered, payer }: Payout, { traceNumber }: Attempt) {
  if (traceNumber === null) return null;
  const { claimsPaid, adjustments } = totalsOf(ordered);
  return {
    traceNumber,
    payerIdentifier: `1${payer.tin}`,
    claimsPaidAmount: minorToJson(claimsPaid),
    adjustmentAmount: minorToJson(adjustments),
  };
}

function writeReturned({ returnedCode, returnedAt }: Attempt) {
  return returnedCode === null || returnedAt === null
    ? null
    : { code: returnedCode, at: returnedAt.toISOString() };
}

function writeBalance(attempt: Attempt) {
  return {
    amount: minorToJson(attempt.amount),
    cleared: minorToJson(attempt.cleared),
    voided: minorToJson(attempt.voided),
    available: minorToJson(availableOf(attempt)),
  };
}

function writeAttempt(attempt: Attempt) {
  return {
    attempt: attempt.attempt,
    method: methods[attempt.rail],
    achTraceNumber: attempt.rail === 'ach' ? attempt.instrument : null,
    checkNumber: attempt.rail === 'check' ? attempt.instrument : null,
    traceNumber: attempt.traceNumber,
    startedAt: attempt.startedAt.toISOString(),
    voidedAt: attempt.voidedAt?.toISOString() ?? null,
  };
}

function writeDocument(self: string, document: PayoutDocument) {
  const { type, mediaType, fileName, content, attempt, createdAt } = document;
  const id = documentId(document);
  return {
    documentId: id,
    type,
    mediaType,
    fileName,
    size: content.byteLength,
    attempt,
    createdAt: createdAt.toISOString(),
    url: `${self}/documents/${id}`,
  };
}

/** An action that is not allowed now is null. */
function writeLinks(self: string, payout: Payout, attempt: Attempt) {
  const linkTo = (action: PayoutAction) => (allows({ payout, attempt }, action) ? `${self}/${action}` : null);
  return {
    self,
    details: `${self}/details`,
    release: linkTo('release'),
    void: linkTo('void'),
    reissue: linkTo('reissue'),
  };
}
