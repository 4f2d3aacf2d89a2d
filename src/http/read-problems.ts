import type { FastifyError } from 'fastify';
import type { TLocalizedValidationError } from 'typebox/error';
import { CoreError, type ErrorCode, type Problem, type ProblemKind } from '#kit/errors.ts';

/** One complaint of the schema validator, as far as it is read here. */
interface Complaint {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly data?: unknown;
}

/** More complaints than this help nobody. */
const maxProblems = 20;

const kinds: Readonly<Record<string, ProblemKind>> = {
  required: 'missing_field',
  type: 'invalid_type',
  format: 'invalid_format',
  pattern: 'invalid_format',
  enum: 'invalid_enum',
  const: 'invalid_enum',
  additionalProperties: 'unknown_field',
};

/** Keywords that only say that something below them failed: the something is told instead. */
const summaries: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'allOf', 'if', 'not']);

const codes: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_body',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_body',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_body',
  FST_UNDER_PRESSURE: 'unavailable',
};

/** Turns whatever the server framework or the schema validator throws into an error of the catalogue. */
export function readProblems(error: FastifyError | Error): CoreError {
  if (error instanceof CoreError) return error;
  const { validation, code, statusCode } = error as FastifyError;
  if (validation !== undefined) {
    const problems = readComplaints(validation as unknown as readonly Complaint[]);
    return new CoreError(
      'validation_failed',
      problems[0]?.description ?? 'The request is not valid.',
      problems,
    );
  }
  const known = codes[code];
  if (known !== undefined) return new CoreError(known, error.message);
  if (statusCode === 429) return new CoreError('rate_limited', 'Too many requests; try again later.');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new CoreError('malformed_body', 'The request could not be read.');
  }
  return new CoreError('internal', 'Something went wrong on our side.');
}

/** What TypeBox has against a value that stands at `place`, a dotted path, as `validation_failed`. */
export function readErrors(errors: readonly TLocalizedValidationError[], place: string): CoreError {
  const complaints = errors.map(({ instancePath, params, ...rest }) => ({
    ...rest,
    instancePath: `/${place.replaceAll('.', '/')}${instancePath}`,
    params: {
      ...params,
      missingProperty: 'requiredProperties' in params ? params.requiredProperties[0] : undefined,
    },
  }));
  const problems = readComplaints(complaints);
  return new CoreError('validation_failed', problems[0]?.description ?? `${place} is not valid.`, problems);
}

function readComplaints(complaints: readonly Complaint[]): Problem[] {
  const telling = complaints.filter((complaint) => !summaries.has(complaint.keyword));
  return (telling.length > 0 ? telling : complaints).slice(0, maxProblems).map(readComplaint);
}

function readComplaint(complaint: Complaint): Problem {
  const property = propertyOf(complaint);
  if (complaint.keyword === 'type' && complaint.data === null) {
    const expected = [complaint.params.type].flat().join(' or ');
    return { property, problem: 'null_value', description: `null value where ${expected} expected` };
  }
  const problem = kinds[complaint.keyword] ?? 'out_of_range';
  const description =
    problem === 'missing_field'
      ? `${property} is required`
      : `${property} ${complaint.message ?? 'is not valid'}`;
  return { property, problem, description };
}

/** Dotted path of what is wrong: `items.0.price`. */
function propertyOf({ instancePath, params }: Complaint): string {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const inside = params.missingProperty ?? params.additionalProperty;
  return (typeof inside === 'string' ? [...path, inside] : path).join('.') || 'body';
}
