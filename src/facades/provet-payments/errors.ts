import Type from 'typebox';
import type { ErrorAnswer } from '#http/facade.ts';
import type { CoreError, ErrorCode } from '#kit/errors.ts';

/**
 * Status of every code: 400 for what no state would take, 404 for what is not the merchant's, 409 for what the present
 * state forbids (decision 22). The vendor publishes no error shape.
 */
const statuses = {
  validation_failed: 400,
  malformed_body: 400,
  body_too_large: 413,
  unsupported_media_type: 415,
  unauthorised: 401,
  not_found: 404,
  method_not_allowed: 405,
  operation_forbidden: 409,
  payment_order_closed: 409,
  total_mismatch: 400,
  amount_exceeds_available: 400,
  conflict: 409,
  idempotency_in_flight: 409,
  idempotency_mismatch: 422,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<ErrorCode, number>;

const headers: Partial<Record<ErrorCode, Readonly<Record<string, string>>>> = {
  unauthorised: { 'www-authenticate': 'Basic realm="Provet Payment API"' },
  rate_limited: { 'retry-after': '60' },
  unavailable: { 'retry-after': '5' },
};

/** The message stands at the root as well, where simple clients look for it. */
export const errorShape = Type.Object({
  Error: Type.Object({
    Code: Type.String(),
    Message: Type.String(),
    Field: Type.Optional(Type.String({ description: 'Dotted path into what was sent' })),
  }),
  Message: Type.String(),
});

export function writeError(code: string, message: string, field?: string): unknown {
  return {
    Error: { Code: code, Message: message, ...(field === undefined ? {} : { Field: field }) },
    Message: message,
  };
}

/** `{"Error":{"Code","Message","Field"},"Message"}`: the first thing that is wrong. */
export function renderError(error: CoreError): ErrorAnswer {
  const [problem] = error.problems;
  const extra = headers[error.code];
  return {
    status: statuses[error.code],
    body: writeError(error.code, problem?.description ?? error.message, problem?.property),
    ...(extra === undefined ? {} : { headers: extra }),
  };
}
