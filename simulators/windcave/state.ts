/** What Windcave remembers: hosted sessions, transactions and stored cards, rebuilt from events after a restart. */
import type { Money } from '#kit/money.ts';
import type { KnownCard } from './cards.ts';

export type TxnType = 'Purchase' | 'Auth' | 'Complete' | 'Refund' | 'Validate';

export interface Session {
  /** In the page's address. */
  readonly token: string;
  /** In the return address; the key for ProcessResponse. */
  readonly result: string;
  readonly group: string;
  readonly userId: string;
  readonly txnType: TxnType;
  readonly txnId: string;
  readonly amount: Money;
  readonly storeCard: boolean;
  readonly urlSuccess: string;
  readonly urlFail: string;
  /** ISO instant after which nothing can be paid. */
  readonly expiresAt: string;
  readonly merchantReference: string;
  readonly emailAddress: string;
  readonly txnData: readonly [string, string, string];
}

export interface Transaction {
  readonly group: string;
  readonly txnId: string;
  readonly txnType: TxnType;
  readonly amount: Money;
  readonly merchantReference: string;
  /** Sixteen hexadecimal digits: host and number. */
  readonly dpsTxnRef: string;
  readonly code: string;
  readonly at: string;
  readonly card: KnownCard;
  /** The stored card's id: made here (hosted page, EnableAddBillCard) or charged. */
  readonly dpsBillingId: string;
  /** The transaction a Complete or Refund follows. */
  readonly original: string;
  /** What was asked, to tell a repetition from another request under the same TxnId. */
  readonly fingerprint: string;
}

/** How a session ended: by a transaction, or by the payer's cancel. */
export interface SessionEnd {
  readonly transaction?: Transaction;
}

/** One line of the journal. */
export type StateEvent =
  | { readonly type: 'session'; readonly session: Session }
  | { readonly type: 'cancelled'; readonly session: string }
  | { readonly type: 'transaction'; readonly transaction: Transaction; readonly session?: string };

export interface State {
  apply(event: StateEvent): void;
  sessionByToken(token: string): Session | undefined;
  sessionByResult(result: string): Session | undefined;
  sessionEnd(token: string): SessionEnd | undefined;
  /** Whether a session or a transaction of the group has this TxnId. */
  isUsed(group: string, txnId: string): boolean;
  transaction(group: string, txnId: string): Transaction | undefined;
  transactionByDpsTxnRef(group: string, dpsTxnRef: string): Transaction | undefined;
  storedCard(group: string, dpsBillingId: string): KnownCard | undefined;
  /** Approved refunds of a transaction so far, in minor units. */
  refunded(dpsTxnRef: string): bigint;
  isCompleted(dpsTxnRef: string): boolean;
  nextNumber(): number;
}

export function createState(events: readonly StateEvent[]): State {
  const sessions = new Map<string, Session>();
  const results = new Map<string, Session>();
  const ends = new Map<string, SessionEnd>();
  const usedIds = new Set<string>();
  const byTxnId = new Map<string, Transaction>();
  const byDpsTxnRef = new Map<string, Transaction>();
  const cards = new Map<string, KnownCard>();
  const refunds = new Map<string, bigint>();
  const completed = new Set<string>();
  let count = 0;
  const key = (group: string, id: string) => `${group}\n${id}`;

  const addTransaction = (transaction: Transaction) => {
    const { group, txnId, dpsTxnRef, original, amount } = transaction;
    count += 1;
    byDpsTxnRef.set(key(group, dpsTxnRef), transaction);
    if (txnId !== '') byTxnId.set(key(group, txnId), transaction);
    usedIds.add(key(group, txnId));
    if (transaction.code !== '00') return;
    if (transaction.txnType === 'Refund') refunds.set(original, (refunds.get(original) ?? 0n) + amount.minor);
    if (transaction.txnType === 'Complete') completed.add(original);
    if (transaction.dpsBillingId !== '') cards.set(key(group, transaction.dpsBillingId), transaction.card);
  };
  const apply = (event: StateEvent) => {
    if (event.type === 'session') {
      sessions.set(event.session.token, event.session);
      results.set(event.session.result, event.session);
      usedIds.add(key(event.session.group, event.session.txnId));
    } else if (event.type === 'cancelled') {
      ends.set(event.session, {});
    } else {
      addTransaction(event.transaction);
      if (event.session !== undefined) ends.set(event.session, { transaction: event.transaction });
    }
  };
  for (const event of events) apply(event);

  return {
    apply,
    sessionByToken: (token) => sessions.get(token),
    sessionByResult: (result) => results.get(result),
    sessionEnd: (token) => ends.get(token),
    isUsed: (group, txnId) => usedIds.has(key(group, txnId)),
    transaction: (group, txnId) => byTxnId.get(key(group, txnId)),
    transactionByDpsTxnRef: (group, dpsTxnRef) => byDpsTxnRef.get(key(group, dpsTxnRef)),
    storedCard: (group, dpsBillingId) => cards.get(key(group, dpsBillingId)),
    refunded: (dpsTxnRef) => refunds.get(dpsTxnRef) ?? 0n,
    isCompleted: (dpsTxnRef) => completed.has(dpsTxnRef),
    nextNumber: () => count + 1,
  };
}
