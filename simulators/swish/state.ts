/** What Swish remembers: payment requests and refunds as they stand, rebuilt from their events after a restart. */
import type { Money } from '#kit/money.ts';

interface Instruction {
  /** 32 capital hexadecimal digits, chosen by the merchant. */
  readonly id: string;
  /** The merchant's own reference. */
  readonly reference: string;
  readonly callbackUrl: string;
  readonly callbackIdentifier?: string;
  /** The merchant's Swish number. */
  readonly merchant: string;
  readonly amount: Money;
  readonly message: string;
  readonly createdAt: string;
  /** When money moved. */
  readonly paidAt?: string;
  /** The bank's reference of the moved money. */
  readonly paymentReference?: string;
  readonly errorCode?: string;
  /** With DS24: from then on the bank's answer is known. */
  readonly bankAnswersAt?: string;
}

export interface PaymentRequest extends Instruction {
  readonly type: 'payment';
  /** The payer's phone number; absent where whoever scans the code pays. */
  readonly payerAlias?: string;
  readonly token?: string;
  readonly status: 'CREATED' | 'PAID' | 'DECLINED' | 'ERROR' | 'CANCELLED';
}

export interface Refund extends Instruction {
  readonly type: 'refund';
  readonly originalPaymentReference: string;
  readonly status: 'INITIATED' | 'DEBITED' | 'PAID' | 'ERROR';
}

export type Movement = PaymentRequest | Refund;

/** One line of the journal: a movement as it now stands, or whether payments wait for a person. */
export type StateEvent = Movement | { readonly type: 'phone'; readonly waits: boolean };

export interface State {
  apply(event: StateEvent): void;
  find(id: string): Movement | undefined;
  paymentByReference(paymentReference: string): PaymentRequest | undefined;
  /** Refunds of a payment that were made or may still be, in minor units. */
  refunded(paymentReference: string): bigint;
  /** What is not over: requests to be paid, refunds under way, payments without the bank's answer. Oldest first. */
  open(): readonly Movement[];
  /** Whether payments wait for a person at the phone. */
  waits(): boolean;
}

export function createState(events: readonly StateEvent[]): State {
  const movements = new Map<string, Movement>();
  const byReference = new Map<string, PaymentRequest>();
  const refundsOf = new Map<string, Set<string>>();
  const open = new Set<string>();
  let waits = false;

  const apply = (event: StateEvent) => {
    if (event.type === 'phone') {
      waits = event.waits;
      return;
    }
    movements.set(event.id, event);
    if (isOpen(event)) open.add(event.id);
    else open.delete(event.id);
    if (event.type === 'refund') {
      const siblings = refundsOf.get(event.originalPaymentReference) ?? new Set();
      refundsOf.set(event.originalPaymentReference, siblings.add(event.id));
    } else if (event.paymentReference !== undefined) {
      byReference.set(event.paymentReference, event);
    }
  };
  for (const event of events) apply(event);
  const findAll = (ids: Iterable<string>) => [...ids].flatMap((id) => movements.get(id) ?? []);

  return {
    apply,
    find: (id) => movements.get(id),
    paymentByReference: (reference) => byReference.get(reference),
    refunded: (reference) =>
      findAll(refundsOf.get(reference) ?? []).reduce(
        (sum, refund) => (refund.status === 'ERROR' ? sum : sum + refund.amount.minor),
        0n,
      ),
    open: () => findAll(open),
    waits: () => waits,
  };
}

export function isOpen(movement: Movement): boolean {
  return (
    ['CREATED', 'INITIATED', 'DEBITED'].includes(movement.status) || movement.bankAnswersAt !== undefined
  );
}
