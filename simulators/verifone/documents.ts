/** Verifone's answers: JSON with names in snake case, except inside `events`, as the vendor's examples have them. */
import { minorToJson } from '#kit/money.ts';
import type { Answer } from '../deliver-answer.ts';
import type { Attempt, Checkout, Refund, State } from './state.ts';

/** The documented error codes this side uses, each with its HTTP status and text. */
const errors = {
  107: [400, 'Invalid parameter format'],
  109: [404, 'Resource not found'],
  110: [400, 'Invalid resource or malformed JSON'],
  116: [401, 'Authentication required'],
  170: [504, 'API call timed out'],
} as const;

export type ErrorCode = keyof typeof errors;

export function json(status: number, body: unknown): Answer {
  return { status, contentType: 'application/json', body: JSON.stringify(body) };
}

/** `field` is the request parameter that is wrong, where it is one. */
export function errorAnswer(code: ErrorCode, now: Date, field?: string): Answer {
  const [status, message] = errors[code];
  const details = field === undefined ? {} : { [field]: message };
  return json(status, { code, message, details, timestamp: now.toISOString() });
}

/** `without` leaves out what happened since that instant: a status service that lags. */
export function checkoutDocument(checkout: Checkout, state: State, without?: Date) {
  const attempts = state
    .attempts(checkout.id)
    .filter(({ at }) => without === undefined || Date.parse(at) < without.getTime());
  const success = attempts.find(({ code }) => code === '00');
  return {
    id: checkout.id,
    entity_id: checkout.entityId,
    amount: minorToJson(checkout.amount.minor),
    currency_code: checkout.amount.currency,
    merchant_reference: checkout.merchantReference,
    interaction_type: 'HPP',
    return_url: checkout.returnUrl,
    status: success === undefined ? 'INITIATED' : 'COMPLETED',
    ...(success === undefined ? {} : { transaction_id: success.id }),
    created_at: checkout.createdAt,
    updated_at: attempts.at(-1)?.at ?? checkout.createdAt,
    expiry_time: checkout.expiresAt,
    events: attempts.map(eventDocument),
  };
}

function eventDocument({ id, eventId, code, at }: Attempt) {
  const approved = code === '00';
  return {
    type: approved ? 'TRANSACTION_SUCCESS' : 'TRANSACTION_FAILED',
    id: eventId,
    timestamp: at,
    details: {
      id,
      status: approved ? 'AUTHORIZED' : 'DECLINED',
      reasonCode: code,
      ...(approved ? { authorizationCode: id.slice(0, 6) } : {}),
      reversalStatus: 'NONE',
      createdAt: at,
    },
  };
}

export function refundDocument({ id, amount, merchantReference, reason, code, at }: Refund) {
  return {
    id,
    status: code === '00' ? 'REFUNDED' : 'DECLINED',
    reason_code: code,
    amount: minorToJson(amount.minor),
    merchant_reference: merchantReference,
    reason,
    created_at: at,
  };
}
