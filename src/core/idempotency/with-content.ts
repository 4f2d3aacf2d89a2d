import { createHash } from 'node:crypto';
import type { Call } from '../core.ts';

/**
 * The call as one about a body that streamed by, by its SHA-256: the same key with another body is other input, though it
 * could not be hashed before it was read.
 */
export function withContent(call: Call, digest: Buffer): Call {
  if (call.idempotency === undefined) return call;
  const hash = createHash('sha256').update(call.idempotency.hash).update(digest).digest();
  return { ...call, idempotency: { ...call.idempotency, hash } };
}
