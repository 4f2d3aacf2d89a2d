import { randomUUID } from 'node:crypto';
import Type from 'typebox';
import { UnbalancedError } from '#core/payouts/check-balance.ts';
import type { ErrorAnswer } from '#http/facade.ts';
import type { CoreError, ErrorCode, Problem } from '#kit/errors.ts';

interface Rendering {
  readonly status: number;
  /** The last part of the problem's `type`. */
  readonly name: string;
  readonly title: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Status, type and title of every code (decision E-o10). */
const renderings = {
  validation_failed: { status: 400, name: 'validation', title: 'The request is not valid' },
  malformed_body: { status: 400, name: 'malformed', title: 'The body could not be read' },
  total_mismatch: { status: 400, name: 'unbalanced', title: 'Claims do not balance' },
  amount_exceeds_available: { status: 400, name: 'amount', title: 'More than is there' },
  unauthorised: {
    status: 401,
    name: 'unauthorized',
    title: 'The access token is missing or wrong',
    headers: { 'www-authenticate': 'Bearer realm="quittance"' },
  },
  operation_forbidden: { status: 403, name: 'forbidden', title: 'Not with these credentials' },
  not_found: { status: 404, name: 'not-found', title: 'There is no such thing' },
  method_not_allowed: { status: 405, name: 'method', title: 'Not with this method' },
  payment_order_closed: { status: 409, name: 'conflict', title: 'Not in this state' },
  conflict: { status: 409, name: 'conflict', title: 'Not in this state' },
  idempotency_in_flight: { status: 409, name: 'in-flight', title: 'The first request is still at work' },
  body_too_large: { status: 413, name: 'too-large', title: 'The body is too large' },
  unsupported_media_type: { status: 415, name: 'media-type', title: 'The body is not JSON' },
  idempotency_mismatch: { status: 422, name: 'key-reused', title: 'The key was used with other input' },
  rate_limited: {
    status: 429,
    name: 'rate-limited',
    title: 'Too many requests',
    headers: { 'retry-after': '60' },
  },
  internal: { status: 500, name: 'internal', title: 'A fault on our side' },
  unavailable: {
    status: 503,
    name: 'unavailable',
    title: 'Not able to answer just now',
    headers: { 'retry-after': '5' },
  },
} as const satisfies Record<ErrorCode, Rendering>;

/** `application/problem+json`; on 400 also what is wrong with which member. */
export const errorShape = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  traceId: Type.String({ description: 'The id under which the request stands in our log' }),
  errors: Type.Optional(
    Type.Record(Type.String(), Type.Array(Type.String()), {
      description: 'From the member’s path to sentences about it',
    }),
  ),
  difference: Type.Optional(
    Type.Integer({
      description: 'Cents: what is stated less what it should be, where claims do not balance',
    }),
  ),
});

/** A problem. `traceId` is the request's id; what is asked outside of any request gets one of its own. */
export function renderError(error: CoreError, requestId: string = randomUUID()): ErrorAnswer {
  const { status, name, title, headers }: Rendering = renderings[error.code];
  const problems = telling(error.problems);
  return {
    status,
    contentType: 'application/problem+json; charset=utf-8',
    body: {
      type: `/docs/problems/${name}`,
      title,
      status,
      detail: detailOf(error, problems),
      traceId: requestId,
      ...(status === 400 && problems.length > 0 ? { errors: byMember(problems) } : {}),
      ...(error instanceof UnbalancedError ? { difference: error.difference } : {}),
    },
    ...(headers === undefined ? {} : { headers }),
  };
}

/** Members may be null instead of absent; that somebody's wrong value is not null is no help to anybody. */
function telling(problems: readonly Problem[]): readonly Problem[] {
  const rest = problems.filter(({ description }) => !description.endsWith('must be null'));
  return rest.length > 0 ? rest : problems;
}

function detailOf(error: CoreError, [first]: readonly Problem[]): string {
  if (error.code !== 'validation_failed' || first === undefined) return error.message;
  return `${pathOf(first)}: ${sentenceOf(first)}`;
}

function byMember(problems: readonly Problem[]): Record<string, string[]> {
  const members = Map.groupBy(problems, pathOf);
  return Object.fromEntries(
    [...members].map(([path, own]) => [path, [...new Set(own.map(sentenceOf))]] as const),
  );
}

/** `claimLevelInformation[0].paidAmount`: what the core calls a payout, this dialect calls a payment. */
function pathOf({ property }: Problem): string {
  return property.replace(/^payoutIds\b/, 'paymentIds').replaceAll(/\.(\d+)(?=\.|$)/g, '[$1]');
}

/** What is wrong, without the name that stands beside it. */
function sentenceOf({ property, description }: Problem): string {
  for (const start of [`${property}: `, `${property} `])
    if (description.startsWith(start)) return description.slice(start.length);
  return description;
}
