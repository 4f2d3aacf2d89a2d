/** Verifone's answers to a refund, and its errors, in our words. Pure. */
import type { OperationRequest, Outcome } from '#kit/connector.ts';
import { sameMoney } from '#kit/money.ts';
import { declinedStatuses, errorMeanings, refundedStatuses } from './codes.ts';
import { asObject, readAmount, readCode, text, withoutNumbers } from './read-json.ts';

/** The answer to a refund. It names no currency: that is the original's. */
export function translateRefund(document: unknown, request: OperationRequest): Outcome {
  const answer = asObject(document);
  const processorReference = text(answer, 'id');
  if (answer === undefined || processorReference === '') return unknown('wrong shape');
  const amount = readAmount(answer.amount, request.amount.currency);
  if (amount === undefined || !sameMoney(amount, request.amount))
    return unknown('answer about another amount');
  const reason = text(answer, 'reason');
  if (reason !== '' && reason !== request.reference) return unknown('answer to another reference');
  const status = text(answer, 'status');
  const code = readCode(text(answer, 'reason_code', 'reasonCode'));
  if (refundedStatuses.has(status)) return { kind: 'approved', processorReference, amount, code };
  if (!declinedStatuses.has(status)) return unknown('neither refunded nor declined');
  return { kind: 'declined', code, message: 'Declined', cause: 'processor', processorReference };
}

/** An error answer: declined only where Verifone's page of error codes says that nothing moved. */
export function translateError(
  status: number,
  document: unknown,
): Extract<Outcome, { kind: 'declined' | 'unknown' }> {
  const answer = asObject(document);
  const code = typeof answer?.code === 'number' ? answer.code : 0;
  const meaning = errorMeanings[code] ?? 'unknown';
  if (status < 400 || status >= 500 || meaning === 'unknown') return unknown(`HTTP ${status}, error ${code}`);
  const message = withoutNumbers(text(answer, 'message')) || 'Refused';
  return { kind: 'declined', code: String(code), message, cause: meaning };
}

function unknown(detail: string): { kind: 'unknown'; detail: string } {
  return { kind: 'unknown', detail };
}
