/** What Verifone remembers: checkouts with what happened on their pages, and refunds, rebuilt from events after a restart. */
import type { Money } from '#kit/money.ts';

export interface Checkout {
  readonly id: string;
  /** The user whose key made it; others do not see it. */
  readonly userId: string;
  readonly entityId: string;
  readonly merchantReference: string;
  readonly amount: Money;
  readonly returnUrl: string;
  /** The first line item's name: what the payer is shown. */
  readonly about: string;
  /** ISO instants. */
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** One try to take money on a checkout's page. */
export interface Attempt {
  /** The transaction's id. */
  readonly id: string;
  readonly eventId: string;
  readonly checkoutId: string;
  readonly code: string;
  readonly at: string;
}

export interface Refund {
  readonly id: string;
  readonly userId: string;
  /** The transaction it gives back from. */
  readonly original: string;
  readonly merchantReference: string;
  readonly amount: Money;
  readonly reason: string;
  readonly code: string;
  readonly at: string;
  /** Under which it was asked for. */
  readonly idempotencyKey: string;
}

/** One line of the journal. */
export type StateEvent =
  | { readonly type: 'checkout'; readonly checkout: Checkout }
  | { readonly type: 'attempt'; readonly attempt: Attempt }
  | { readonly type: 'expiry'; readonly checkoutId: string; readonly expiresAt: string }
  | { readonly type: 'refund'; readonly refund: Refund };

/** After so many failed tries a checkout takes no more (error 165). */
export const maxFailures = 3;

export interface State {
  apply(event: StateEvent): void;
  checkout(userId: string, id: string): Checkout | undefined;
  /** The checkout whose page this is, whoever asks. */
  page(id: string): Checkout | undefined;
  checkoutsByReference(userId: string, merchantReference: string): readonly Checkout[];
  /** Oldest first. */
  attempts(checkoutId: string): readonly Attempt[];
  success(checkoutId: string): Attempt | undefined;
  failures(checkoutId: string): number;
  /** The checkout in which this transaction took money. */
  paidBy(userId: string, transactionId: string): Checkout | undefined;
  refundByKey(userId: string, idempotencyKey: string): Refund | undefined;
  /** Minor units given back so far. */
  refunded(transactionId: string): bigint;
}

export function createState(events: readonly StateEvent[]): State {
  const checkouts = new Map<string, Checkout>();
  const byReference = new Map<string, string[]>();
  const attempts = new Map<string, Attempt[]>();
  const byTransaction = new Map<string, string>();
  const refunds = new Map<string, Refund>();
  const refunded = new Map<string, bigint>();

  const key = (userId: string, rest: string) => `${userId} ${rest}`;
  const addCheckout = (checkout: Checkout) => {
    const reference = key(checkout.userId, checkout.merchantReference);
    checkouts.set(checkout.id, checkout);
    byReference.set(reference, [...(byReference.get(reference) ?? []), checkout.id]);
  };
  const addAttempt = (attempt: Attempt) => {
    const { checkoutId, code, id } = attempt;
    attempts.set(checkoutId, [...(attempts.get(checkoutId) ?? []), attempt]);
    if (code === '00') byTransaction.set(id, checkoutId);
  };
  const addRefund = (refund: Refund) => {
    const { userId, idempotencyKey, original, amount, code } = refund;
    refunds.set(key(userId, idempotencyKey), refund);
    if (code === '00') refunded.set(original, (refunded.get(original) ?? 0n) + amount.minor);
  };
  const apply = (event: StateEvent) => {
    if (event.type === 'checkout') return addCheckout(event.checkout);
    if (event.type === 'attempt') return addAttempt(event.attempt);
    if (event.type === 'refund') return addRefund(event.refund);
    const checkout = checkouts.get(event.checkoutId);
    if (checkout !== undefined) checkouts.set(checkout.id, { ...checkout, expiresAt: event.expiresAt });
  };
  for (const event of events) apply(event);

  const checkout: State['checkout'] = (userId, id) => {
    const found = checkouts.get(id);
    return found?.userId === userId ? found : undefined;
  };
  const attemptsOf = (checkoutId: string) => attempts.get(checkoutId) ?? [];
  return {
    apply,
    checkout,
    page: (id) => checkouts.get(id),
    checkoutsByReference: (userId, reference) =>
      (byReference.get(key(userId, reference)) ?? []).flatMap((id) => checkout(userId, id) ?? []),
    attempts: attemptsOf,
    success: (checkoutId) => attemptsOf(checkoutId).find(({ code }) => code === '00'),
    failures: (checkoutId) => attemptsOf(checkoutId).filter(({ code }) => code !== '00').length,
    paidBy: (userId, transactionId) => checkout(userId, byTransaction.get(transactionId) ?? ''),
    refundByKey: (userId, idempotencyKey) => refunds.get(key(userId, idempotencyKey)),
    refunded: (transactionId) => refunded.get(transactionId) ?? 0n,
  };
}
