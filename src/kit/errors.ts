/**
 * Every error a caller can be told about, by code. A façade gives each code its status and body; anything that is
 * not a CoreError is our own bug and is answered with 500 and no detail.
 */
export const errorCodes = [
  'validation_failed',
  'malformed_body',
  'body_too_large',
  'unsupported_media_type',
  'unauthorised',
  'not_found',
  'method_not_allowed',
  'operation_forbidden',
  'payment_order_closed',
  'total_mismatch',
  'amount_exceeds_available',
  'conflict',
  'idempotency_in_flight',
  'idempotency_mismatch',
  'rate_limited',
  'unavailable',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** One thing wrong with the input: `property` is a dotted path into what the caller sent. */
export interface Problem {
  readonly property: string;
  readonly problem: ProblemKind;
  readonly description: string;
}

export type ProblemKind =
  | 'missing_field'
  | 'null_value'
  | 'invalid_type'
  | 'invalid_format'
  | 'invalid_enum'
  | 'out_of_range'
  | 'unknown_field';

/** An error the caller caused or can act on. `message` is safe to show to the caller. */
export class CoreError extends Error {
  readonly code: ErrorCode;
  readonly problems: readonly Problem[];
  /** When it is worth asking again, where that is known. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    problems: readonly Problem[] = [],
    retryAfterSeconds?: number,
  ) {
    super(message);
    this.name = 'CoreError';
    this.code = code;
    this.problems = problems;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Shorthand for the one answer to an unknown id and to another tenant's id: the two must not differ. */
export function notFound(what: string): CoreError {
  return new CoreError('not_found', `No such ${what}.`);
}

/** Asked too often; in whole seconds it may be asked again. */
export function rateLimited(retryAfterSeconds: number): CoreError {
  const message = `Too many requests; try again in ${retryAfterSeconds} seconds.`;
  return new CoreError('rate_limited', message, [], retryAfterSeconds);
}

/** A `validation_failed` error about a single property. */
export function invalid(property: string, problem: ProblemKind, description: string): CoreError {
  return new CoreError('validation_failed', description, [{ property, problem, description }]);
}
