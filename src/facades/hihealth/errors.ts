import Type from 'typebox';
import type { CoreError, ErrorCode } from '#kit/errors.ts';
import type { ErrorAnswer } from '../../http/facade.ts';

/** Status and reason of every code. The vendor documents no errors: these are decision h16. */
const answers = {
  validation_failed: { status: 400, error: 'Bad Request' },
  malformed_body: { status: 400, error: 'Bad Request' },
  total_mismatch: { status: 400, error: 'Bad Request' },
  unauthorised: { status: 401, error: 'Unauthorized' },
  not_found: { status: 404, error: 'Not Found' },
  method_not_allowed: { status: 405, error: 'Method Not Allowed' },
  operation_forbidden: { status: 409, error: 'Conflict' },
  payment_order_closed: { status: 409, error: 'Conflict' },
  amount_exceeds_available: { status: 409, error: 'Conflict' },
  conflict: { status: 409, error: 'Conflict' },
  idempotency_in_flight: { status: 409, error: 'Conflict' },
  body_too_large: { status: 413, error: 'Payload Too Large' },
  unsupported_media_type: { status: 415, error: 'Unsupported Media Type' },
  idempotency_mismatch: { status: 422, error: 'Unprocessable Entity' },
  rate_limited: { status: 429, error: 'Too Many Requests' },
  internal: { status: 500, error: 'Internal Server Error' },
  unavailable: { status: 503, error: 'Service Unavailable' },
} as const satisfies Record<ErrorCode, { status: number; error: string }>;

/** When to come again, in seconds. */
const waits: Partial<Record<ErrorCode, string>> = { rate_limited: '60', unavailable: '5' };

export const errorShape = Type.Object({
  statusCode: Type.Integer(),
  error: Type.String(),
  message: Type.String({ description: 'Names what is wrong' }),
});

/** `{"statusCode","error","message"}`; the message names every property at fault. */
export function renderError(error: CoreError): ErrorAnswer {
  const { status, error: reason } = answers[error.code];
  const wait = waits[error.code];
  const descriptions = error.problems.map(({ description }) => description);
  const message = descriptions.length === 0 ? error.message : descriptions.join('; ');
  return {
    status,
    body: { statusCode: status, error: reason, message },
    ...(wait === undefined ? {} : { headers: { 'retry-after': wait } }),
  };
}
