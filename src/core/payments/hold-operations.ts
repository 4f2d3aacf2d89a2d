import type { Transaction } from '#db/database.ts';
import type { PaymentId } from '#kit/ids.ts';
import { holdClaim } from '../claims/hold-claim.ts';
import { holdLink } from '../links/hold-link.ts';
import type { Operation } from '../operations/operation.ts';
import { holdSeveral } from '../operations/read-operations.ts';
import { holdPlan } from '../subscriptions/hold-subscription.ts';
import type { Held } from './book-charge.ts';
import type { Payment } from './payment.ts';
import { lockPayments, selectPaymentsById } from './store.ts';

/** An operation with all that its outcome touches, locked until the transaction ends. */
export async function holdOf(transaction: Transaction, known: Operation): Promise<Held> {
  const [held] = await holdOperations(transaction, [known]);
  return required(held, 'operation', known.id);
}

/**
 * Operations with all that their outcomes touch, each in its place, locked until the transaction ends: links, claims and
 * plans first, then payments, then operations, each kind in the order of ids. So whoever locks several and whoever locks
 * the things of one payment go the same way, and nobody waits for each other.
 */
export async function holdOperations(transaction: Transaction, known: readonly Operation[]): Promise<Held[]> {
  const ids = known.map(({ tenantId, paymentId: id }) => ({ tenantId, id }));
  const seen = await selectPaymentsById(transaction, ids);
  const links = await holdEach(seen, 'linkId', ({ tenantId }, id) => holdLink(transaction, tenantId, id));
  const claims = await holdEach(seen, 'claimId', ({ tenantId }, id) => holdClaim(transaction, tenantId, id));
  const plans = await holdEach(seen, 'subscriptionId', ({ tenantId, id: paymentId }, id) =>
    holdPlan(transaction, tenantId, id, paymentId),
  );
  const payments = await lockPayments(transaction, ids);
  const operations = await holdSeveral(transaction, known);
  return known.map(({ id, paymentId }) => ({
    link: links.get(paymentId),
    claim: claims.get(paymentId),
    plan: plans.get(paymentId),
    payment: required(
      payments.find((one) => one.id === paymentId),
      'payment',
      paymentId,
    ),
    operation: required(
      operations.find((one) => one.id === id),
      'operation',
      id,
    ),
  }));
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

function required<Thing>(thing: Thing | undefined, kind: string, id: string): Thing {
  if (thing === undefined) throw new Error(`${kind} ${id} is missing`);
  return thing;
}
