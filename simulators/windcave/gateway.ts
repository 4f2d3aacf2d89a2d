/** Windcave's rules of money: what each kind of transaction may do, decided at once and written down before answering. */
import { createHmac } from 'node:crypto';
import type { Currency } from '#kit/currency.ts';
import { type Money, money, parseDecimal } from '#kit/money.ts';
import type { BookRow } from '../book.ts';
import { type EnteredCard, passesLuhn } from '../card-numbers.ts';
import type { Surroundings } from '../simulator.ts';
import { decideCharge, type KnownCard, keepCard, refuseCard } from './cards.ts';
import {
  createState,
  type Session,
  type State,
  type StateEvent,
  type Transaction,
  type TxnType,
} from './state.ts';

/** A request for money to move, as PxPost or the hosted page pass it on. */
export interface Order {
  readonly group: string;
  readonly txnType: TxnType;
  readonly txnId: string;
  readonly amount: Money;
  readonly merchantReference: string;
  readonly dpsTxnRef: string;
  readonly dpsBillingId: string;
  readonly card?: EnteredCard;
  readonly storeCard: boolean;
}

/** A transaction, made now or earlier under the same TxnId; or a code for what never became one. */
export type Verdict =
  | { readonly kind: 'transaction'; readonly transaction: Transaction }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'duplicate' };

export interface Gateway {
  readonly state: State;
  /** Decides and records. `decline` is asked, for what would be approved, whether it shall be declined instead. */
  execute(order: Order, decline: () => string | undefined, session?: Session): Promise<Verdict>;
  open(session: Session): Promise<void>;
  cancel(session: Session): Promise<void>;
  /** Writes down a request that moved nothing. */
  note(row: { kind: string; reference: string; code: string; amount?: Money }): Promise<void>;
  now(): Date;
}

const connector = 'windcave';
const hostId = '0000000b';

export function createGateway({ book, clock, ids }: Surroundings): Gateway {
  const state = createState(book.events(connector) as readonly StateEvent[]);
  // A key of this process alone: what is written down cannot be turned back into a card number.
  const macKey = ids.token(32);
  const macOf = (number: string) =>
    createHmac('sha256', macKey).update(number).digest('hex').slice(0, 8).toUpperCase();

  const note: Gateway['note'] = (row) => book.record(connector, { row: { outcome: 'none', ...row } });
  const refuse = async (order: Order, code: string): Promise<Verdict> => {
    const row = { ...rowOf(order), outcome: 'declined', code } as const;
    await book.record(connector, { row });
    return { kind: 'refused', code };
  };
  const write = async (transaction: Transaction, session?: Session): Promise<Verdict> => {
    const event: StateEvent = {
      type: 'transaction',
      transaction,
      ...(session === undefined ? {} : { session: session.token }),
    };
    // In memory first and at once, so that no second request can come between; answered only when on the disk.
    state.apply(event);
    const { code, dpsTxnRef, card } = transaction;
    const outcome: BookRow['outcome'] = code === '00' ? 'approved' : 'declined';
    const row = { ...rowOf(transaction), processorReference: dpsTxnRef, outcome, code, card: card.masked };
    await book.record(connector, { event, row });
    return { kind: 'transaction', transaction };
  };
  const execute: Gateway['execute'] = async (order, decline, session) => {
    const earlier = state.transaction(order.group, order.txnId);
    if (earlier !== undefined || (session === undefined && state.isUsed(order.group, order.txnId))) {
      await note({ ...rowOf(order), code: earlier?.code ?? '' });
      const isSame = earlier?.fingerprint === fingerprintOf(order);
      return isSame ? { kind: 'transaction', transaction: earlier } : { kind: 'duplicate' };
    }
    const decision = decide(order, state, clock.now(), macOf);
    if (typeof decision === 'string') return refuse(order, decision);
    const code = decision.code === '00' ? (decline() ?? '00') : decision.code;
    const transaction = makeTransaction(order, { ...decision, code }, state.nextNumber(), clock.now());
    return write(transaction, session);
  };
  return {
    state,
    execute,
    note,
    now: () => clock.now(),
    open: (session) => {
      const event: StateEvent = { type: 'session', session };
      state.apply(event);
      return book.record(connector, { event });
    },
    cancel: (session) => {
      const event: StateEvent = { type: 'cancelled', session: session.token };
      state.apply(event);
      return book.record(connector, { event });
    },
  };
}

function rowOf(order: Pick<Order, 'txnType' | 'txnId' | 'amount'>) {
  return { kind: order.txnType.toLowerCase(), reference: order.txnId, amount: order.amount };
}

interface Decision {
  readonly code: string;
  readonly card: KnownCard;
}

/** The bank's or the books' answer, or a bare code where the request cannot become a transaction. */
function decide(order: Order, state: State, now: Date, macOf: (number: string) => string): Decision | string {
  if (order.txnType === 'Refund') return decideRefund(order, state);
  if (order.txnType === 'Complete') return decideComplete(order, state);
  if (order.card === undefined) {
    const card = state.storedCard(order.group, order.dpsBillingId);
    return card === undefined ? 'JD' : { card, code: decideCharge(card, true, order.amount, now) };
  }
  const refusal = refuseCard(order.card);
  if (refusal !== undefined) return refusal;
  const card = keepCard(order.card, macOf(order.card.number));
  return { card, code: decideCharge(card, false, order.amount, now) };
}

function decideRefund(order: Order, state: State): Decision | string {
  const original = state.transactionByDpsTxnRef(order.group, order.dpsTxnRef);
  if (original === undefined) return /^[0-9a-f]{16}$/i.test(order.dpsTxnRef) ? 'J1' : 'QD';
  const { card } = original;
  const isRefundable = original.txnType === 'Purchase' || original.txnType === 'Complete';
  if (!isRefundable || original.code !== '00') return { card, code: 'J1' };
  if (original.amount.currency !== order.amount.currency) return { card, code: 'V1' };
  const total = state.refunded(original.dpsTxnRef) + order.amount.minor;
  return { card, code: total > original.amount.minor ? 'J2' : '00' };
}

function decideComplete(order: Order, state: State): Decision | string {
  const original = state.transactionByDpsTxnRef(order.group, order.dpsTxnRef);
  if (original === undefined) return 'QD';
  const { card } = original;
  if (original.txnType !== 'Auth' || original.code !== '00') return { card, code: '12' };
  if (original.amount.currency !== order.amount.currency) return { card, code: 'V1' };
  return { card, code: state.isCompleted(original.dpsTxnRef) ? '12' : '00' };
}

function makeTransaction(order: Order, decision: Decision, number: number, now: Date): Transaction {
  const { code } = decision;
  const madeToken = order.storeCard && code === '00' ? makeToken(number) : '';
  return {
    group: order.group,
    txnId: order.txnId,
    txnType: order.txnType,
    amount: order.amount,
    merchantReference: order.merchantReference,
    dpsTxnRef: hostId + number.toString(16).padStart(8, '0'),
    code,
    at: now.toISOString(),
    card: decision.card,
    dpsBillingId: order.dpsBillingId || madeToken,
    original: order.dpsTxnRef,
    fingerprint: fingerprintOf(order),
  };
}

/** Host and sequence, sixteen digits; never a valid card number, so that a search for those finds none here. */
function makeToken(number: number): string {
  const digits = `000011${String(number).padStart(9, '0')}`;
  return passesLuhn(`${digits}0`) ? `${digits}1` : `${digits}0`;
}

function fingerprintOf(order: Order): string {
  const { txnType, amount, dpsBillingId, dpsTxnRef, card } = order;
  const ending = card === undefined ? '' : card.number.slice(-2);
  return [txnType, amount.minor, amount.currency, dpsBillingId, dpsTxnRef, ending].join(' ');
}

/** Windcave's amounts: plain decimals, at most thirteen characters. A Validate may be of nothing. */
export function readAmount(text: string, currency: Currency, mayBeZero: boolean): Money | undefined {
  if (mayBeZero && /^0(\.0{1,3})?$/.test(text)) return money(0n, currency);
  if (text.length > 13) return undefined;
  const amount = parseDecimal(text, currency);
  return typeof amount === 'string' ? undefined : amount;
}

/**
 * A merchant's two logins lead to the same books: `Clinic_PxPay` and `Clinic_PxPost` are both of the group `Clinic`.
 * Real accounts are grouped by Windcave; the suffix is this simulator's convention.
 */
export function groupOf(login: string): string {
  return login.replace(/[-_ ]?(pxpay|pxpost|post)$/i, '').toLowerCase();
}
