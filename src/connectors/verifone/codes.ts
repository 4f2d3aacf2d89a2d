/**
 * What Verifone's words mean to us: the error codes of the Checkout API's page "Error Codes", the statuses of
 * transactions in the eCommerce API. What stands in none of these lists is unknown.
 */

/** An error's meaning: nothing moved and nothing will, because of the bank or because of the request; or nobody knows. */
export const errorMeanings: Readonly<Record<number, 'processor' | 'request' | 'unknown'>> = {
  /** Unexpected server error. */
  100: 'unknown',
  /** Invalid parameter format. */
  107: 'request',
  /** Resource not found. */
  109: 'request',
  /** Invalid resource or malformed JSON. */
  110: 'request',
  /** Blocked by a rule set of the organisation. */
  111: 'processor',
  /** Insufficient permissions. */
  113: 'request',
  /** Authentication required. */
  116: 'request',
  /** Declined by the processor. */
  121: 'processor',
  /** Rejected by the processor. */
  123: 'processor',
  /** Missing parameter. */
  126: 'request',
  /** Unexpected parameter. */
  127: 'request',
  /** Checkout exceeded its failed tries. */
  165: 'request',
  /** Checkout already completed. */
  168: 'request',
  /** Checkout expired. */
  169: 'request',
  /** The call timed out at Verifone. */
  170: 'unknown',
};

/** The resource asked about does not exist. */
export const notFoundCode = 109;

/** A checkout takes this many failed tries and no more (error 165). */
export const maxFailedTries = 3;

/** Statuses of a charge that took the money, or will without anything further from us (`capture_now`). */
export const chargedStatuses: ReadonlySet<string> = new Set([
  'AUTHORIZED',
  'SETTLEMENT_REQUESTED',
  'SALE_SETTLED',
]);

export const refundedStatuses: ReadonlySet<string> = new Set(['REFUNDED']);

export const declinedStatuses: ReadonlySet<string> = new Set(['DECLINED', 'FAILED']);
