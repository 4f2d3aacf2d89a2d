/** Swish's JSON as it goes over the wire. */
import { formatDecimal } from '#kit/money.ts';
import type { Answer } from '../deliver-answer.ts';
import type { Movement } from './state.ts';

const json = 'application/json';

/** A request that was taken: an empty 201 with the address it now has. */
export function createdAnswer(url: string, token?: string): Answer {
  const headers = { location: url, ...(token === undefined ? {} : { paymentrequesttoken: token }) };
  return { status: 201, contentType: json, body: '', headers };
}

export function refusedAnswer(errorCode: string): Answer {
  const error = { errorCode, errorMessage: `Refused: ${errorCode}`, additionalInformation: null };
  return { status: 422, contentType: json, body: JSON.stringify([error]) };
}

export function emptyAnswer(status: number): Answer {
  return { status, contentType: json, body: '' };
}

export function movementAnswer(movement: Movement): Answer {
  return { status: 200, contentType: json, body: movementDocument(movement) };
}

/** What GET and callbacks show. Amounts are JSON numbers with two decimals. */
export function movementDocument(movement: Movement): string {
  const { id, callbackUrl, amount, message, status, createdAt, paidAt, errorCode } = movement;
  const document = JSON.stringify({
    id,
    ...partiesOf(movement),
    callbackUrl,
    message,
    status,
    dateCreated: createdAt,
    datePaid: paidAt ?? null,
    errorCode: errorCode ?? null,
    errorMessage: errorCode === undefined ? null : `Ended: ${errorCode}`,
    currency: amount.currency,
  });
  return `${document.slice(0, -1)},"amount":${formatDecimal(amount)}}`;
}

function partiesOf(movement: Movement): Record<string, string | null> {
  const paymentReference = movement.paymentReference ?? null;
  return movement.type === 'payment'
    ? {
        payeePaymentReference: movement.reference,
        paymentReference,
        payerAlias: movement.payerAlias ?? null,
        payeeAlias: movement.merchant,
      }
    : {
        payerPaymentReference: movement.reference,
        originalPaymentReference: movement.originalPaymentReference,
        paymentReference,
        payerAlias: movement.merchant,
        payeeAlias: null,
      };
}
