import type { Transaction } from '#db/database.ts';
import { minorToJson } from '#kit/money.ts';
import type { Core } from '../core.ts';
import type { NewEvent } from '../events/event.ts';
import { recordEvents } from '../events/record-events.ts';
import { type Claim, type ClaimStatus, claimTransitions } from './claim.ts';
import { type ClaimChange, updateClaimStatus } from './store.ts';

type Move = { readonly to: ClaimStatus; readonly reason: string } & Pick<ClaimChange, 'at'> &
  Partial<Pick<ClaimChange, 'paymentId' | 'payer'>>;

/**
 * Moves a claim that the caller holds, with its event and the callback it owes. Moving to where it is changes nothing.
 * A move the table does not know is a bug and throws.
 */
export async function moveClaim(
  core: Core,
  transaction: Transaction,
  claim: Claim,
  move: Move,
): Promise<Claim> {
  if (claim.status === move.to) return claim;
  const allowed: readonly ClaimStatus[] = claimTransitions[claim.status];
  if (!allowed.includes(move.to))
    throw new Error(`claim ${claim.id} cannot go from ${claim.status} to ${move.to}`);
  const moved = await updateClaimStatus(transaction, claim, {
    status: move.to,
    at: move.at,
    paymentId: move.paymentId ?? null,
    payer: move.payer ?? null,
  });
  if (moved === undefined) throw new Error(`claim ${claim.id} changed while it was held`);
  await recordEvents(core, transaction, [toEvent(moved, move.reason)]);
  return moved;
}

/** What happened to a claim, for the log and the tenant's callback: nothing personal. */
export function toEvent(claim: Claim, reason: string): NewEvent {
  return {
    tenantId: claim.tenantId,
    type: `claim.${claim.status}`,
    subject: { kind: 'claim', id: claim.id, version: claim.version },
    data: {
      claimId: claim.id,
      paymentId: claim.paymentId ?? claim.activePaymentId,
      status: claim.status,
      amount: minorToJson(claim.amount),
      currency: claim.currency,
      reference: claim.reference,
      prescriptionRequired: claim.prescriptionRequired,
      createdAt: claim.createdAt.toISOString(),
      updatedAt: claim.updatedAt?.toISOString() ?? null,
      reason,
    },
    at: claim.updatedAt ?? claim.createdAt,
    ...(claim.callbackUrl === null ? {} : { callback: { dialect: claim.origin, url: claim.callbackUrl } }),
  };
}
