import { createHash } from 'node:crypto';
import type { IdempotencyRequest } from '#core/core.ts';
import { invalid } from '#kit/errors.ts';
import type { MovesMoney } from './facade.ts';

/** The characters a key may have; 255 of them at most. */
const keyPattern = /^[\x21-\x7e]{1,255}$/;

/**
 * Reads the `Idempotency-Key` of a mutating request. The key is good once for a method and route; the hash covers what
 * the caller sent, so that the same key with other input is told apart. A key that cannot be one is `validation_failed`.
 */
export function readIdempotency(request: {
  method: string;
  route: string;
  key: string | undefined;
  params: unknown;
  query: unknown;
  body: unknown;
  movesMoney?: MovesMoney | undefined;
}): IdempotencyRequest | undefined {
  if (request.method === 'GET' && request.movesMoney === undefined) return undefined;
  if (request.key === undefined) return keyOfItself(request);
  if (!keyPattern.test(request.key)) {
    throw invalid(
      'Idempotency-Key',
      'invalid_format',
      'An Idempotency-Key is 1 to 255 visible ASCII characters.',
    );
  }
  const input = canonical({ params: request.params, query: request.query, body: request.body });
  return {
    scope: `${request.method} ${request.route}`,
    key: request.key,
    hash: createHash('sha256').update(input).digest(),
  };
}

/** The key of a request that moves money by GET and came without one: what it asks for. */
function keyOfItself(request: {
  method: string;
  route: string;
  query: unknown;
  movesMoney?: MovesMoney | undefined;
}): IdempotencyRequest | undefined {
  if (request.movesMoney === undefined) return undefined;
  const identity = request.movesMoney.identity(request.query as Record<string, string>);
  const hash = createHash('sha256').update(identity).digest();
  return {
    scope: `${request.method} ${request.route}, without a key`,
    key: hash.toString('base64url'),
    hash,
    replayMs: request.movesMoney.replayWithinMs,
  };
}

/** JSON with sorted keys: the same input in another order of properties is the same input. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
