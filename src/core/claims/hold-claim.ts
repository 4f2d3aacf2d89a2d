import type { Transaction } from '#db/database.ts';
import { notFound } from '#kit/errors.ts';
import { type ClaimId, isUuid, type PaymentId, type TenantId } from '#kit/ids.ts';
import type { Claim } from './claim.ts';
import { lockClaim, updateClaimPayment } from './store.ts';

/** The claim, locked until the transaction ends; `not_found` for an id that is none of the tenant's. */
export async function holdClaim(transaction: Transaction, tenantId: TenantId, id: string): Promise<Claim> {
  const claim = isUuid(id) ? await lockClaim(transaction, tenantId, id as ClaimId) : undefined;
  if (claim === undefined) throw notFound('payment');
  return claim;
}

/** Frees the claim for another attempt, if this payment was the one that had it. */
export async function freeClaim(transaction: Transaction, claim: Claim, paymentId: PaymentId): Promise<void> {
  if (claim.activePaymentId === paymentId) await updateClaimPayment(transaction, claim, null);
}

/** Keeps the claim for an attempt: nobody else may pay it meanwhile. */
export async function takeClaim(transaction: Transaction, claim: Claim, paymentId: PaymentId): Promise<void> {
  if (claim.activePaymentId !== paymentId) await updateClaimPayment(transaction, claim, paymentId);
}
