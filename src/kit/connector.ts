/**
 * What a processor looks like from inside. A connector is one folder under `connectors/`, found by listing; it turns
 * these requests into its processor's wire protocol and the answers back. It keeps no state, opens no database, and
 * decides nothing: three outcomes, approved, declined and unknown, are all it may report of money.
 */
import type { Money } from './money.ts';

/** What a connector can do. A caller asks before it uses an optional function of `Processor`. */
export type Capability =
  | 'hosted-page'
  /** Payers send the money by themselves, and it is told to us: nothing is ever charged. */
  | 'deposit'
  | 'purchase'
  | 'auth'
  | 'complete'
  | 'refund'
  | 'void'
  | 'validate'
  | 'store-card'
  | 'charge-token'
  | 'cancel';

/** The kinds of money movement we ask a processor for; also the `kind` of an operation row. */
export type OperationKind = 'purchase' | 'auth' | 'complete' | 'refund' | 'validate' | 'void';

/** A card as the processor lets us keep it: first six and last two digits, never more. */
export interface CardDetails {
  readonly brand: string;
  /** First six, dots, last two, as long as the number was: `411111........11`. */
  readonly maskedNumber: string;
  /** `MMYY`. */
  readonly expiry: string;
  readonly holderName: string;
}

/**
 * What became of a money movement. `unknown` covers every case in which the processor may or may not have acted:
 * timeout, reset, garbled, misshapen or mismatched answer, or the processor's own "ask me again".
 */
export type Outcome =
  | {
      readonly kind: 'approved';
      readonly processorReference: string;
      readonly amount: Money;
      readonly code: string;
      readonly authorisationCode?: string;
      readonly card?: CardDetails;
      /** The processor's token for the card, where storing it was asked for. */
      readonly token?: string;
    }
  | {
      readonly kind: 'declined';
      readonly code: string;
      readonly message: string;
      /**
       * Who ended it: the payer pressed cancel, the processor or issuer refused, the processor refused our request as
       * such, or nobody acted in time.
       */
      readonly cause: DeclineCause;
      readonly processorReference?: string;
    }
  /**
   * The processor knows the movement and waits for the payer, or for a bank. `pageUrl` is where the payer goes on: a
   * page, or what opens an app on a phone.
   */
  | { readonly kind: 'waiting'; readonly pageUrl?: string }
  | { readonly kind: 'unknown'; readonly detail: string };

export type DeclineCause = 'payer' | 'processor' | 'request' | 'timeout';

/** What an inquiry about our reference can say besides an outcome. */
export type Inquiry =
  | Outcome
  /** The processor has no record of the reference. Not the same as failed: it may not have arrived yet. */
  | { readonly kind: 'not-found' };

/** A money movement made without the payer's presence, or one that follows an earlier movement. */
export interface OperationRequest {
  readonly kind: OperationKind;
  /** Our own reference for this movement, unique for ever, at most 16 characters. Written down before it is sent. */
  readonly reference: string;
  readonly amount: Money;
  /** Shown on the processor's reports. Free text; the connector makes it safe for its wire. */
  readonly description: string;
  /** The stored card to charge (purchase, auth, validate). */
  readonly token?: string;
  /** Set where the charge is one of a series the card's holder agreed to. */
  readonly recurring?: true;
  /** The processor's reference of the movement this one follows (complete, refund, void). */
  readonly originalReference?: string;
  /** What the tenant gave for this processor alone: a Swish message, the result wished of the dummy. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Where the processor tells of this movement, and what a notification of it must carry to be looked at. */
  readonly notification?: { readonly url: string; readonly identifier: string };
}

/** What a processor posted to a movement's address. Anybody can have posted it. */
export interface Notification {
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** Asks for a page of the processor's on which the payer enters the card. */
export interface PageRequest {
  readonly kind: 'purchase' | 'auth' | 'validate';
  readonly reference: string;
  readonly amount: Money;
  readonly description: string;
  readonly storeCard: boolean;
  /** Set where the card is stored for a series of charges. */
  readonly recurring?: true;
  /** Absolute, without a query. The processor's server and the payer's browser both come back to these. */
  readonly returnUrl: string;
  /** After this instant the page must not accept a payment. */
  readonly expiresAt: Date;
  readonly payerEmail?: string;
}

export type PageOutcome =
  | { readonly kind: 'opened'; readonly url: string }
  | { readonly kind: 'declined'; readonly code: string; readonly message: string }
  | { readonly kind: 'unknown'; readonly detail: string };

/** What coming back from the processor's page tells: nothing by itself; the connector has asked the processor. */
export type ReturnReading =
  | { readonly kind: 'read'; readonly reference: string; readonly outcome: Outcome }
  /** Not an answer to anything of this account. */
  | { readonly kind: 'foreign' }
  /** The processor could not be asked just now. */
  | { readonly kind: 'unavailable'; readonly detail: string };

/** One account at a processor, ready to be used. Every function settles within `timeoutMs` of its network and never
 * throws for what the processor or the network did: that is an `unknown`. */
export interface Processor {
  openPage?(request: PageRequest): Promise<PageOutcome>;
  /** Reads the query string with which the payer or the processor's notification came back to `returnUrl`. */
  readReturn?(query: URLSearchParams): Promise<ReturnReading>;
  send?(request: OperationRequest): Promise<Outcome>;
  /** Asks what became of our reference. `request` is what was sent, so that the answer can be checked against it. */
  inquire(request: OperationRequest): Promise<Inquiry>;
  /**
   * Whether a notification means the movement that was asked for. It proves nothing more: the processor is asked
   * about the movement next, and only what it answers counts.
   */
  isNotification?(notification: Notification, request: OperationRequest): boolean;
  /**
   * Asks for the end of a movement that waits for its payer, and says what became of it: a decline by the payer where
   * it was ended, an approval where the payer was faster, unknown where it must be asked.
   */
  cancel?(request: OperationRequest): Promise<Inquiry>;
}

/** What we prove ourselves with where a processor asks for it (mutual TLS). All of it PEM. */
export interface ClientCertificate {
  readonly certificate: string;
  readonly key: string;
  /** Who signed the processor's own certificate, where that is nobody whom everybody knows. */
  readonly authority?: string;
}

/** One request to a processor. */
export interface NetworkRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly clientCertificate?: ClientCertificate;
  /** The most that is read of the answer. */
  readonly maxBytes: number;
}

/** What a processor answered; a redirect is an answer like others, and is not followed. */
export interface NetworkAnswer {
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The whole body; undefined where it is longer than was asked for. */
  readonly body: Uint8Array | undefined;
}

/** The network as connectors see it, so that a test or a proxy can stand in. */
export interface Network {
  /** Rejects where there is no whole answer within `timeoutMs`: then nothing is known of what the other side did. */
  exchange(url: string, request: NetworkRequest): Promise<NetworkAnswer>;
  readonly timeoutMs: number;
}

/** What a tenant's account at this processor consists of: names from `accountFields` to values. */
export type ConnectorAccount = Readonly<Record<string, string>>;

/** The one export, named `connector`, of a connector folder's `index.ts`. */
export interface Connector {
  readonly name: string;
  /** The payment methods it serves, in our words: `card`, `swish`, `dummy`. */
  readonly methods: readonly string[];
  /** Set where no money moves behind it: live tenants are not served by it. */
  readonly testOnly?: true;
  readonly capabilities: ReadonlySet<Capability>;
  /** ISO 4217 codes; absent where it takes what its accounts are set up for. */
  readonly currencies?: readonly string[];
  readonly accountFields: readonly {
    readonly name: string;
    readonly secret: boolean;
    readonly about: string;
  }[];
  /** How long after sending a "no record" answer is final: the processor's own settling time. */
  readonly settlingMs: number;
  /** Origins of the pages this account sends payers to, for the checkout's Content-Security-Policy. */
  pageOrigins?(account: ConnectorAccount): readonly string[];
  open(account: ConnectorAccount, network: Network): Processor;
}
