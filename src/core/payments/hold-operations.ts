import type { Transaction } from '#db/database.ts';
import type { Operation } from '../operations/operation.ts';
import { holdSeveral } from '../operations/read-operations.ts';
import type { Held } from './book-charge.ts';
import { holdThings } from './hold-things.ts';
import { lockPayments, selectPaymentsById } from './store.ts';

/** An operation with all that its outcome touches, locked until the transaction ends. */
export async function holdOf(transaction: Transaction, known: Operation): Promise<Held> {
  const [held] = await holdOperations(transaction, [known]);
  return required(held, 'operation', known.id);
}

/**
 * Operations with all that their outcomes touch, each in its place, locked until the transaction ends: what is to be paid
 * first, then payments, then operations, each kind in the order of ids.
 */
export async function holdOperations(transaction: Transaction, known: readonly Operation[]): Promise<Held[]> {
  const ids = known.map(({ tenantId, paymentId: id }) => ({ tenantId, id }));
  const seen = await selectPaymentsById(transaction, ids);
  const thingsOf = await holdThings(transaction, seen);
  // Sent together: the server takes the locks one after another, in this order.
  const [payments, operations] = await Promise.all([
    lockPayments(transaction, ids),
    holdSeveral(transaction, known),
  ]);
  return known.map(({ id, paymentId }) => ({
    ...thingsOf(paymentId),
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

function required<Thing>(thing: Thing | undefined, kind: string, id: string): Thing {
  if (thing === undefined) throw new Error(`${kind} ${id} is missing`);
  return thing;
}
