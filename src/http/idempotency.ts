import { createHash } from 'node:crypto';
import type { IdempotencyRequest } from '#core/core.ts';
import { invalid } from '#kit/errors.ts';

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
}): IdempotencyRequest | undefined {
  if (request.key === undefined || request.method === 'GET') return undefined;
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

/** JSON with sorted keys: the same input in another order of properties is the same input. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
