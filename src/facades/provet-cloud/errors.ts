import Type from 'typebox';
import type { ErrorAnswer } from '#http/facade.ts';
import type { CoreError, ErrorCode, Problem, ProblemKind } from '#kit/errors.ts';

interface Rendering {
  readonly status: number;
  /** What the framework behind the vendor's API says (facts 6.1); undefined says it in our words. */
  readonly detail?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const renderings = {
  validation_failed: { status: 400 },
  malformed_body: { status: 400 },
  body_too_large: { status: 413 },
  unsupported_media_type: { status: 415 },
  unauthorised: {
    status: 401,
    detail: 'Authentication credentials were not provided.',
    headers: { 'www-authenticate': 'Bearer realm="api"' },
  },
  not_found: { status: 404, detail: 'Not found.' },
  method_not_allowed: { status: 405 },
  operation_forbidden: { status: 400 },
  payment_order_closed: { status: 400 },
  total_mismatch: { status: 400 },
  amount_exceeds_available: { status: 400 },
  conflict: { status: 409 },
  idempotency_in_flight: { status: 409 },
  idempotency_mismatch: { status: 422 },
  rate_limited: { status: 429, headers: { 'retry-after': '60' } },
  unavailable: { status: 503, headers: { 'retry-after': '5' } },
  internal: { status: 500 },
} as const satisfies Record<ErrorCode, Rendering>;

/** The framework's sentence for what our validator finds; undefined where the problem has its own. */
const sentences = {
  missing_field: 'This field is required.',
  null_value: 'This field may not be null.',
  invalid_type: undefined,
  invalid_format: undefined,
  invalid_enum: undefined,
  out_of_range: undefined,
  unknown_field: undefined,
} as const satisfies Record<ProblemKind, string | undefined>;

export const errorShape = Type.Record(Type.String(), Type.Unknown(), {
  description: '`{"detail": text}`, or for each field at fault a list of what is wrong with it',
});

/** `{"detail": …}`, or the fields at fault, nested as they were sent, each with a list of sentences (facts 6.1). */
export function renderError(error: CoreError): ErrorAnswer {
  const { status, detail, headers }: Rendering = renderings[error.code];
  const { retryAfterSeconds: wait } = error;
  const throttled = `Request was throttled. Expected available in ${wait} seconds.`;
  const said = wait === undefined ? (detail ?? error.message) : throttled;
  const body = error.problems.length === 0 ? { detail: said } : nest(error.problems);
  return { status, body, ...(headers === undefined ? {} : { headers }) };
}

type Nested = { [field: string]: Nested | string[] };

function nest(problems: readonly Problem[]): Nested {
  const body: Nested = Object.create(null) as Nested;
  for (const { property, problem, description } of problems) {
    const path = property === 'body' ? ['non_field_errors'] : property.split('.');
    const last = path.pop() ?? 'non_field_errors';
    let place = body;
    for (const field of path) {
      const inner = place[field];
      const next: Nested =
        inner === undefined || Array.isArray(inner) ? (Object.create(null) as Nested) : inner;
      place[field] = next;
      place = next;
    }
    const said = place[last];
    const sentence = sentences[problem] ?? description;
    place[last] = Array.isArray(said) ? [...said, sentence] : [sentence];
  }
  return body;
}
