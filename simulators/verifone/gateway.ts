/** Verifone's rules of money, decided at once and written down before answering. */
import type { Money } from '#kit/money.ts';
import type { BookRow } from '../book.ts';
import { type EnteredCard, maskNumber } from '../card-numbers.ts';
import type { Surroundings } from '../simulator.ts';
import { decideCharge } from './bank.ts';
import {
  type Attempt,
  type Checkout,
  createState,
  maxFailures,
  type Refund,
  type State,
  type StateEvent,
} from './state.ts';

export const connector = 'verifone';

/** A request to give money back, as it came over the wire. */
export interface RefundOrder extends Pick<Refund, 'userId' | 'original' | 'reason' | 'idempotencyKey'> {
  /** Minor units of whatever the original was in. */
  readonly minor: bigint;
}

/** A refund, made now or earlier under the same key; or why there will be none. */
export type RefundVerdict =
  | { readonly kind: 'refund'; readonly refund: Refund }
  | { readonly kind: 'unknown-transaction' }
  | { readonly kind: 'key-used' };

export interface Gateway {
  readonly state: State;
  open(checkout: Omit<Checkout, 'id' | 'createdAt'>): Promise<Checkout>;
  /** Tries to take the money. `decline` is asked, for what would be approved, whether it shall be declined instead. */
  attempt(checkout: Checkout, card: EnteredCard, decline: () => string | undefined): Promise<Attempt>;
  moveExpiry(checkout: Checkout, expiresAt: string): Promise<void>;
  refund(order: RefundOrder, decline: () => string | undefined): Promise<RefundVerdict>;
  /** Writes down a request that moved nothing. */
  note(row: { kind: string; reference: string; code: string; amount?: Money }): Promise<void>;
  /** Whether the checkout's page still takes cards. */
  isPayable(checkout: Checkout): boolean;
  now(): Date;
}

export function createGateway({ book, clock, ids }: Surroundings): Gateway {
  const state = createState(book.events(connector) as readonly StateEvent[]);
  // In memory first and at once, so that no second request can come between; answered only when on the disk.
  const write = (event: StateEvent, row?: Parameters<typeof book.record>[1]['row']): Promise<void> => {
    state.apply(event);
    return book.record(connector, row === undefined ? { event } : { event, row });
  };
  const note: Gateway['note'] = (row) => book.record(connector, { row: { outcome: 'none', ...row } });
  const instant = () => clock.now().toISOString();
  return {
    state,
    note,
    now: () => clock.now(),
    isPayable: ({ id, expiresAt }) =>
      state.success(id) === undefined &&
      state.failures(id) < maxFailures &&
      clock.now().getTime() < Date.parse(expiresAt),
    open: async (asked) => {
      const checkout = { ...asked, id: ids.uuid(), createdAt: instant() };
      await write({ type: 'checkout', checkout });
      return checkout;
    },
    moveExpiry: ({ id }, expiresAt) => write({ type: 'expiry', checkoutId: id, expiresAt }),
    attempt: async (checkout, card, decline) => {
      const decided = decideCharge(card, checkout.amount, clock.now());
      const code = decided === '00' ? (decline() ?? '00') : decided;
      const attempt = { id: ids.uuid(), eventId: ids.uuid(), checkoutId: checkout.id, code, at: instant() };
      const { merchantReference: reference, amount } = checkout;
      await write(
        { type: 'attempt', attempt },
        {
          ...rowOf({ kind: 'purchase', reference, amount, code, id: attempt.id }),
          card: maskNumber(card.number),
        },
      );
      return attempt;
    },
    refund: async (order, decline) => {
      const { userId, original, reason, idempotencyKey, minor } = order;
      const earlier = state.refundByKey(userId, idempotencyKey);
      if (earlier !== undefined) {
        await note({ kind: 'refund', reference: reason, code: earlier.code, amount: earlier.amount });
        const isSame = earlier.original === original && earlier.amount.minor === minor;
        return isSame ? { kind: 'refund', refund: earlier } : { kind: 'key-used' };
      }
      const paid = state.paidBy(userId, original);
      if (paid === undefined) {
        await note({ kind: 'refund', reference: reason, code: '109' });
        return { kind: 'unknown-transaction' };
      }
      const { merchantReference, amount: whole } = paid;
      const amount = { minor, currency: whole.currency };
      const code = state.refunded(original) + minor > whole.minor ? '61' : (decline() ?? '00');
      const made = { id: ids.uuid(), merchantReference, amount, code, at: instant() };
      const refund = { ...made, userId, original, reason, idempotencyKey };
      await write(
        { type: 'refund', refund },
        rowOf({ kind: 'refund', reference: reason, amount, code, id: refund.id }),
      );
      return { kind: 'refund', refund };
    },
  };
}

function rowOf(move: { kind: string; reference: string; amount: Money; code: string; id: string }) {
  const outcome: BookRow['outcome'] = move.code === '00' ? 'approved' : 'declined';
  const { kind, reference, amount, code, id } = move;
  return { kind, reference, amount, code, outcome, processorReference: id };
}
