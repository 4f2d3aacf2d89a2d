import Type from 'typebox';
import type { CoreError, ErrorCode } from '#kit/errors.ts';
import type { ErrorAnswer } from '../../http/facade.ts';

/**
 * Status and `error` word of every code in this dialect. 422 is a malformed request, 403 a broken rule, 404 an unknown
 * id (facts A2). The words `null_value`, `operation_forbidden` and `payment_order_closed` are the vendor's; the others
 * are ours, because the vendor publishes no list.
 */
const answers = {
  validation_failed: { status: 422, word: 'validation_failed' },
  malformed_body: { status: 422, word: 'malformed_body' },
  body_too_large: { status: 413, word: 'body_too_large' },
  unsupported_media_type: { status: 415, word: 'unsupported_media_type' },
  unauthorised: { status: 401, word: 'unauthorized' },
  not_found: { status: 404, word: 'not_found' },
  method_not_allowed: { status: 405, word: 'method_not_allowed' },
  operation_forbidden: { status: 403, word: 'operation_forbidden' },
  payment_order_closed: { status: 403, word: 'payment_order_closed' },
  total_mismatch: { status: 403, word: 'total_amount_mismatch' },
  amount_exceeds_available: { status: 403, word: 'amount_exceeds_available' },
  conflict: { status: 409, word: 'conflict' },
  idempotency_in_flight: { status: 409, word: 'idempotency_in_flight' },
  idempotency_mismatch: { status: 422, word: 'idempotency_mismatch' },
  rate_limited: { status: 429, word: 'rate_limited' },
  unavailable: { status: 503, word: 'unavailable' },
  internal: { status: 500, word: 'internal_error' },
} as const satisfies Record<ErrorCode, { status: number; word: string }>;

/** One entry for each thing that is wrong (seed 004). */
export const errorShape = Type.Object({
  errors: Type.Array(
    Type.Object({
      description: Type.String(),
      error: Type.String(),
      property: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
});

/** `{"errors":[{"description","error","property"}]}`, one entry for each thing that is wrong (seed 004). */
export function renderError(error: CoreError): ErrorAnswer {
  const { status, word } = answers[error.code];
  const errors =
    error.problems.length === 0
      ? [{ description: error.message, error: word, property: null }]
      : error.problems.map(({ property, problem, description }) => ({
          description,
          error: problem,
          property,
        }));
  return {
    status,
    body: { errors },
    ...(status === 429 || status === 503 ? { headers: { 'retry-after': '60' } } : {}),
  };
}
