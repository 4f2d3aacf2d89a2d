import type { Transaction } from '#db/database.ts';
import type { PaymentId } from '#kit/ids.ts';
import type { Claim } from '../claims/claim.ts';
import { holdClaim } from '../claims/hold-claim.ts';
import { holdLink } from '../links/hold-link.ts';
import type { Link } from '../links/link.ts';
import { type HeldPlan, holdPlan } from '../subscriptions/hold-subscription.ts';
import type { Payment } from './payment.ts';

/** The link, claim or plan that a payment is to pay. */
export interface HeldThings {
  readonly link: Link | undefined;
  readonly claim: Claim | undefined;
  readonly plan: HeldPlan | undefined;
}

/**
 * Locks what payments are to pay until the transaction ends: links, then claims, then plans, each kind in the order of
 * ids. Whoever locks a payment, or several, goes this way first, and so nobody waits for each other.
 */
export async function holdThings(
  transaction: Transaction,
  payments: readonly Payment[],
): Promise<(id: PaymentId) => HeldThings> {
  const links = await holdEach(payments, 'linkId', ({ tenantId }, id) => holdLink(transaction, tenantId, id));
  const claims = await holdEach(payments, 'claimId', ({ tenantId }, id) =>
    holdClaim(transaction, tenantId, id),
  );
  const plans = await holdEach(payments, 'subscriptionId', ({ tenantId, id: paymentId }, id) =>
    holdPlan(transaction, tenantId, id, paymentId),
  );
  return (id) => ({ link: links.get(id), claim: claims.get(id), plan: plans.get(id) });
}

/**
 * Locks what each of some payments pays, in the order of its ids. All is sent at once: the server does one thing after
 * another.
 */
async function holdEach<Key extends 'linkId' | 'claimId' | 'subscriptionId', Thing>(
  payments: readonly Payment[],
  key: Key,
  hold: (payment: Payment, id: NonNullable<Payment[Key]>) => Promise<Thing>,
): Promise<ReadonlyMap<PaymentId, Thing>> {
  const wanted = payments
    .flatMap((payment) => {
      const id = payment[key];
      return id === null ? [] : [{ payment, id: id as NonNullable<Payment[Key]> }];
    })
    .sort((one, other) => (one.id < other.id ? -1 : 1));
  const held = await Promise.all(
    wanted.map(async ({ payment, id }) => [payment.id, await hold(payment, id)] as const),
  );
  return new Map(held);
}
