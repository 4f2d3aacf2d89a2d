import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CoreError, type ErrorCode } from '#kit/errors.ts';
import { readProblems } from './read-problems.ts';

/** Status of an error outside every façade: health, metrics, the demo's own pages, and paths that are nobody's. */
const statuses = {
  validation_failed: 422,
  malformed_body: 400,
  body_too_large: 413,
  unsupported_media_type: 415,
  unauthorised: 401,
  not_found: 404,
  method_not_allowed: 405,
  operation_forbidden: 403,
  payment_order_closed: 403,
  total_mismatch: 422,
  amount_exceeds_available: 422,
  conflict: 409,
  idempotency_in_flight: 409,
  idempotency_mismatch: 422,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<ErrorCode, number>;

/** Answers what no façade answers: `{"error","message"}`. */
export function answerPlainly(
  server: FastifyInstance,
  onInternalError: (error: Error, request: FastifyRequest) => void,
): void {
  server.setErrorHandler((error: Error, request, reply) => {
    const known = readProblems(error);
    if (known.code === 'internal') onInternalError(error, request);
    return reply.code(statuses[known.code]).send({ error: known.code, message: known.message });
  });
  server.setNotFoundHandler((_request, reply) => {
    const { code, message } = new CoreError('not_found', 'There is nothing here.');
    return reply.code(statuses[code]).send({ error: code, message });
  });
}
