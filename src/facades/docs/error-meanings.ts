import type { ErrorCode } from '#kit/errors.ts';

/** What each code of the catalogue tells, and what to do about it. */
export const errorMeanings = {
  validation_failed:
    'Something in the request is missing or not what it should be. The answer names each property. Mend the request; as it is, it never succeeds.',
  malformed_body: 'The body is not what its content type says: broken JSON, for instance.',
  body_too_large: 'The body is larger than this call takes.',
  unsupported_media_type: 'The body’s content type is not one that this call reads.',
  unauthorised: 'The credentials are missing, wrong, expired, revoked, or of the other mode.',
  not_found:
    'There is no such thing among what is yours. Another tenant’s ids and unknown ids get the same answer.',
  method_not_allowed: 'The address is there, but not for this method.',
  operation_forbidden:
    'The request is sound, but a rule forbids it now: the payment is not completed, the link is cancelled, the tenant is live. Read the state before you ask again.',
  payment_order_closed: 'The payment order is closed and takes nothing more.',
  total_mismatch: 'The total is not the sum of the items.',
  amount_exceeds_available: 'More is to be refunded than is left. Refunds under way count as given.',
  conflict: 'Somebody else changed the same thing at the same time. Read it again, then decide.',
  idempotency_in_flight:
    'The first request with this Idempotency-Key is still at work. Ask again in a moment with the same key.',
  idempotency_mismatch:
    'This Idempotency-Key was used before with other input. A new request needs a new key.',
  rate_limited:
    'Too many requests, or too many wrong credentials from this address. Wait as long as `retry-after` says.',
  unavailable: 'Overloaded or stopping. Nothing was done; ask again with the same Idempotency-Key.',
  internal:
    'A fault of ours. Whether anything was done is not known: ask again with the same Idempotency-Key, which never does it twice.',
} as const satisfies Record<ErrorCode, string>;
