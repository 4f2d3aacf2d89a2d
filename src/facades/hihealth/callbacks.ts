import type { ClaimStatus } from '#core/claims/claim.ts';
import type { Core } from '#core/core.ts';
import type { StoredEvent } from '#core/events/event.ts';
import type { ClaimId } from '#kit/ids.ts';
import { formatUlid } from '#kit/ulid.ts';
import { statuses } from './write-payment.ts';

/** Tells a change of status as hi.health does (facts C3); the amount is in cents. */
export function renderCallback({ data }: StoredEvent): string {
  return JSON.stringify({
    amount: data.amount,
    currency: data.currency,
    createdAt: data.createdAt,
    id: formatUlid(data.claimId as ClaimId),
    merchantReference: data.reference,
    prescriptionRequired: data.prescriptionRequired,
    status: statuses[data.status as ClaimStatus],
    updatedAt: data.updatedAt,
  });
}

/** The three headers by which the receiver checks the body: RSA-SHA256 over its bytes, in base64 (decision h18). */
export async function signCallback(core: Core, body: string): Promise<Record<string, string>> {
  const signature = await core.signingKeys.sign('claim-callback', Buffer.from(body));
  return {
    'hi-api-signature': signature.toString('base64'),
    'hi-api-signature-format': 'base64',
    'hi-api-hash-algorithm': 'RSA-SHA256',
  };
}
