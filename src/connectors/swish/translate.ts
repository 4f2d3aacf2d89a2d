/**
 * Swish's answers in our words. Pure. Everything that is not plainly the end of exactly what was asked is unknown or
 * waiting: guessing either way loses or doubles money.
 */

import type { Inquiry, OperationRequest, Outcome } from '#kit/connector.ts';
import { currency } from '#kit/currency.ts';
import { parseDecimal, sameMoney } from '#kit/money.ts';
import type { Reply } from './client.ts';
import { readCode } from './codes.ts';

/** Refused before anything was looked at: malformed, no certificate, not this merchant's, not JSON. */
const refusedStatuses: ReadonlySet<number> = new Set([400, 401, 403, 415]);

/** The answer to a PUT. Made is not paid: 201 says that Swish waits for the payer, or moves the refund. */
export function translateCreated(reply: Reply, request: OperationRequest, id: string): Outcome {
  if (reply.kind === 'failed') return unknown(reply.detail);
  if (reply.status === 422) return readRefusal(reply.body);
  if (refusedStatuses.has(reply.status))
    return {
      kind: 'declined',
      cause: 'request',
      code: `HTTP${reply.status}`,
      message: 'Refused by Swish',
    };
  if (reply.status !== 201) return unknown(`HTTP ${reply.status}`);
  if (reply.location.split('/').at(-1) !== id) return unknown('answer to another reference');
  if (request.kind === 'refund' || request.parameters?.phone_number !== undefined) return { kind: 'waiting' };
  if (!/^[0-9A-Za-z-]{8,64}$/.test(reply.token)) return unknown('made, but without a token');
  return { kind: 'waiting', pageUrl: appUrl(reply.token, request.notification?.url ?? '') };
}

/** What opens the Swish app on a phone, and brings the payer back afterwards. */
function appUrl(token: string, returnUrl: string): string {
  return `swish://paymentrequest?token=${token}&callbackurl=${encodeURIComponent(returnUrl)}`;
}

/** A 422: an array of errors, of which the first decides. */
function readRefusal(body: unknown): Outcome {
  const [first] = Array.isArray(body) ? (body as unknown[]) : [];
  return isObject(first) ? readEnd(text(first.errorCode)) : unknown('wrong shape');
}

/** A payment or refund that came to nothing, by Swish's code for it. */
function readEnd(code: string, processorReference?: string): Outcome {
  const found = readCode(code);
  if (found === undefined) return unknown('a code that is not documented');
  if (found.means === 'undecided') return unknown(`${found.about} (${code})`);
  return {
    kind: 'declined',
    cause: found.means,
    code,
    message: found.about,
    ...(processorReference === undefined ? {} : { processorReference }),
  };
}

/** The answer to a GET or PATCH: the payment request or refund as it stands. */
export function translateMovement(reply: Reply, request: OperationRequest, id: string): Inquiry {
  if (reply.kind === 'failed') return unknown(reply.detail);
  if (reply.status === 404) return { kind: 'not-found' };
  if (reply.status !== 200) return unknown(`HTTP ${reply.status}`);
  if (!isObject(reply.body)) return unknown('wrong shape');
  const mismatch = findMismatch(reply.body, request, id);
  if (mismatch !== undefined) return unknown(mismatch);
  return readStatus(reply.body, request, id);
}

function readStatus(body: Readonly<Record<string, unknown>>, request: OperationRequest, id: string): Outcome {
  switch (text(body.status)) {
    case 'PAID':
      return readPaid(body, request, id);
    case 'CREATED':
    case 'INITIATED':
    case 'VALIDATED':
    case 'DEBITED':
      return { kind: 'waiting' };
    case 'DECLINED':
      return ended('processor', 'DECLINED', 'Declined by the payer', id);
    case 'CANCELLED':
      return ended('payer', 'CANCELLED', 'Cancelled before it was paid', id);
    case 'ERROR':
      return readEnd(text(body.errorCode), id);
    default:
      return unknown('a status that is not documented');
  }
}

function ended(cause: 'payer' | 'processor', code: string, message: string, id: string): Outcome {
  return { kind: 'declined', cause, code, message, processorReference: id };
}

function readPaid(body: Readonly<Record<string, unknown>>, request: OperationRequest, id: string): Outcome {
  // A payment is refunded by the bank's reference; a refund is known by our instruction alone.
  const processorReference = request.kind === 'refund' ? id : text(body.paymentReference);
  if (!/^[0-9A-Za-z-]{1,64}$/.test(processorReference)) return unknown('paid, but without a reference');
  return { kind: 'approved', processorReference, amount: request.amount, code: 'PAID' };
}

function findMismatch(
  body: Readonly<Record<string, unknown>>,
  request: OperationRequest,
  id: string,
): string | undefined {
  const ours = request.kind === 'refund' ? body.payerPaymentReference : body.payeePaymentReference;
  if (text(body.id) !== id || text(ours) !== request.reference) return 'answer to another reference';
  if (text(body.currency) !== 'SEK') return 'answer about another currency';
  const amount = parseDecimal(toTwoDecimals(text(body.amount)), currency('SEK'));
  if (typeof amount === 'string' || !sameMoney(amount, request.amount)) return 'answer about another amount';
  return undefined;
}

/** Zeros after the second decimal carry no value; any other digit there makes it no amount of SEK. */
function toTwoDecimals(amount: string): string {
  return amount.replace(/(\.\d\d)0+$/, '$1');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member that is text, or a number, which was kept as text; the empty string where it is anything else. */
function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function unknown(detail: string): { kind: 'unknown'; detail: string } {
  return { kind: 'unknown', detail };
}
