import { createHash } from 'node:crypto';
import type { Network, OperationRequest, Outcome } from '#kit/connector.ts';
import { minorToJson } from '#kit/money.ts';
import type { VerifoneAccount } from './account.ts';
import { callVerifone } from './client.ts';
import { translateError, translateRefund } from './translate-refund.ts';

/**
 * Gives money back: `POST /v2/transactions/{id}/refund`. Its idempotency key follows from our reference, so that the
 * same intent sent again is the same refund; the reference itself stands in `reason`, for Verifone's reports.
 */
export async function sendRefund(
  account: VerifoneAccount,
  network: Network,
  request: OperationRequest,
): Promise<Outcome> {
  if (request.kind !== 'refund' || request.originalReference === undefined)
    return {
      kind: 'declined',
      code: 'no-capability',
      message: 'Only refunds of a transaction are sent.',
      cause: 'request',
    };
  const reply = await callVerifone(account, network, {
    method: 'POST',
    url: `${account.transactionsUrl}/${encodeURIComponent(request.originalReference)}/refund`,
    body: { amount: minorToJson(request.amount.minor), reason: request.reference },
    idempotencyKey: toUuid(`${account.entityId} refund ${request.reference}`),
  });
  if (reply.kind === 'failed') return { kind: 'unknown', detail: reply.detail };
  if (reply.status === 200 || reply.status === 201) return translateRefund(reply.document, request);
  return translateError(reply.status, reply.document);
}

/** A UUID that follows from a name (version 8 of RFC 9562: of our own making). */
function toUuid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
