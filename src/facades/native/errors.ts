import Type from 'typebox';
import type { ErrorAnswer } from '#http/facade.ts';
import type { CoreError, ErrorCode } from '#kit/errors.ts';

interface Rendering {
  readonly status: number;
  readonly title: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Status and title of every code. 409 is a rule that the present state breaks, 422 an input that no state would take. */
const renderings = {
  malformed_body: { status: 400, title: 'The body could not be read' },
  unauthorised: {
    status: 401,
    title: 'The key is missing or wrong',
    headers: { 'www-authenticate': 'Bearer realm="quittance"' },
  },
  not_found: { status: 404, title: 'There is no such thing' },
  method_not_allowed: { status: 405, title: 'Not with this method' },
  operation_forbidden: { status: 409, title: 'Not in this state' },
  payment_order_closed: { status: 409, title: 'The payment order is closed' },
  conflict: { status: 409, title: 'Somebody else changed it meanwhile' },
  idempotency_in_flight: { status: 409, title: 'The first request with this key is still at work' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The body is of another type' },
  validation_failed: { status: 422, title: 'The request is not valid' },
  total_mismatch: { status: 422, title: 'The total is not the sum of its items' },
  amount_exceeds_available: { status: 422, title: 'More than is left' },
  idempotency_mismatch: { status: 422, title: 'The key was used before with other input' },
  rate_limited: { status: 429, title: 'Too many requests', headers: { 'retry-after': '60' } },
  internal: { status: 500, title: 'A fault on our side' },
  unavailable: { status: 503, title: 'Not able to answer just now', headers: { 'retry-after': '5' } },
} as const satisfies Record<ErrorCode, Rendering>;

/** RFC 9457, with the properties at fault. */
export const errorShape = Type.Object({
  type: Type.String({ description: 'The code’s place in the reference: `/docs/errors#<code>`' }),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  errors: Type.Optional(
    Type.Array(
      Type.Object({
        property: Type.String({ description: 'Dotted path into what was sent' }),
        problem: Type.String(),
        description: Type.String(),
      }),
    ),
  ),
});

/** An RFC 9457 problem. `type` leads to the code's place in the reference; `errors` names each property at fault. */
export function renderError(error: CoreError): ErrorAnswer {
  const { status, title, headers }: Rendering = renderings[error.code];
  return {
    status,
    contentType: 'application/problem+json; charset=utf-8',
    body: {
      type: `/docs/errors#${error.code}`,
      title,
      status,
      detail: error.message,
      ...(error.problems.length === 0 ? {} : { errors: error.problems }),
    },
    ...(headers === undefined ? {} : { headers }),
  };
}
