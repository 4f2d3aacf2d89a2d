/**
 * What a way to pay money out looks like from inside. A rail is one folder under `rails/`, found by listing. It writes
 * the files by which a bank, a printer or a card issuer is told what to do, hands them over, and reads what comes back.
 * It keeps no state and decides nothing: which instruments go into a file was decided, and written down, before.
 */
import type { Network } from './connector.ts';

export const railNames = ['ach', 'check', 'virtual-card'] as const;

export type RailName = (typeof railNames)[number];

/** Whose account it is, at which bank. */
export interface RailAccount {
  /** Name and tax number of the account's owner. */
  readonly name: string;
  readonly tin: string;
  readonly bankName: string;
  /** Nine digits. */
  readonly routingNumber: string;
  readonly accountNumber: string;
  /** Where the bank takes files and gives news. */
  readonly gatewayUrl: string;
  /** Whether each file has an entry that debits the account for its credits (ACH). */
  readonly offset: boolean;
}

/** One instrument in a file: to be paid, or, having been handed over before, to be taken back. */
export interface RailEntry {
  readonly kind: 'issue' | 'stop';
  /** ACH trace number, check number, card reference. */
  readonly instrument: string;
  /** The caller's own reference. */
  readonly reference: string;
  /** The number that ties the payment to its remittance. */
  readonly traceNumber: string;
  /** US cents. */
  readonly amount: bigint;
  readonly effectiveDate: string;
  readonly payerName: string;
  readonly payerTin: string;
  readonly payeeName: string;
  readonly payeeRoutingNumber?: string;
  readonly payeeAccountNumber?: string;
  readonly savings?: boolean;
}

export interface FileOrder {
  readonly account: RailAccount;
  readonly entries: readonly RailEntry[];
  /** Bank time. */
  readonly date: string;
  readonly time: string;
  /** Which of the account's files of this day: 0 for the first. */
  readonly ordinal: number;
}

export interface ComposedFile {
  readonly fileName: string;
  readonly content: string;
}

/** `unknown`: it may have arrived. It is handed over again, under the same id, until the other side says which. */
export type Handover = 'accepted' | 'refused' | 'unknown';

/** Something that happened to an instrument at the bank, numbered in the order in which the bank tells it. */
export interface RailNews {
  readonly sequence: bigint;
  readonly instrument: string;
  readonly kind: 'issued' | 'cleared' | 'returned' | 'corrected' | 'refused';
  /** US cents; null where all of it is meant. */
  readonly amount: bigint | null;
  readonly code: string | null;
  /** `cardLast4` of a card that was issued, `corrected` of a notification of change. */
  readonly detail: Readonly<Record<string, string>>;
}

/** An account at the other side, ready to be used. Nothing here throws for what the other side or the network did. */
export interface RailDesk {
  /** Hands a file over. The same id twice is the same file: it is acted on once. */
  handOver(file: { readonly id: string } & ComposedFile): Promise<Handover>;
  /**
   * What happened after `after`, as of `date` (`YYYY-MM-DD`, the account's own time), oldest first. Undefined while the
   * other side does not answer.
   */
  readNews(after: bigint, date: string): Promise<readonly RailNews[] | undefined>;
}

/** The one export, named `rail`, of a rail folder's `index.ts`. */
export interface Rail {
  readonly name: RailName;
  /** Pure: the same order is the same file, byte for byte. */
  compose(order: FileOrder): ComposedFile;
  open(account: RailAccount, network: Network): RailDesk;
}
