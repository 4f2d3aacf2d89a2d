import type { Language } from '#kit/language.ts';
import type { Money } from '#kit/money.ts';

/** A plain decimal number as text, exactly as it is to be shown: `"2"`, `"0.5"`, `"11.1"`. */
export type DecimalText = `${number}`;

/** The tenant's face: `logoUrl` is a path of this site; `colour` is `#rgb` or `#rrggbb`. */
export interface Brand {
  readonly name: string;
  readonly logoUrl?: string;
  readonly colour?: string;
}

/** Who sells, as a receipt has to name it. */
export interface Seller {
  readonly name: string;
  readonly organizationNumber?: string;
  readonly city?: string;
  readonly postalCode?: string;
  readonly website?: string;
}

/** One line of what is paid for. Prices include VAT; a line without `vatPercent` has no place in the VAT summary. */
export interface Item {
  readonly description: string;
  readonly quantity: DecimalText;
  readonly unit?: string;
  readonly unitPrice: Money;
  readonly lineTotal: Money;
  readonly vatPercent?: DecimalText;
}

/** The value of the submit named `method`. */
export type PaymentMethod = 'card' | 'swish' | 'dummy';

/** Why the last attempt brought no money. Each of them is certain that none was taken. */
export type PaymentProblem = 'declined' | 'cancelled' | 'unavailable';

/** Where this page's parts are, as paths of this site. */
interface CheckoutUrls {
  /** The page itself: what the forms post to and what the payer comes back to. */
  readonly page: string;
  /** Answers `{"state": CheckoutView['state']}`. */
  readonly status: string;
  /** Where reminders are turned off; absent where none are sent. */
  readonly reminders?: string;
  /** The same page in each language. */
  readonly inLanguage: Readonly<Record<Language, string>>;
  /** The stylesheet of {@link renderBrandCss}; absent when the tenant has no colour. */
  readonly brandCss?: string;
}

interface LinkView {
  readonly language: Language;
  readonly brand: Brand;
  readonly seller: Seller;
  readonly testMode: boolean;
  readonly urls: CheckoutUrls;
  readonly reference: string;
  /** The tenant's own page to go back to: its success address once paid, its cancel address before. */
  readonly returnTo?: string;
}

interface BillView extends LinkView {
  readonly items: readonly Item[];
  readonly total: Money;
  /** `YYYY-MM-DD` */
  readonly dueDate?: string;
}

/** How to pay at a bank: where to, and under which number. */
export interface BankTransfer {
  readonly kind: 'ocr' | 'kid';
  readonly reference: string;
  /** What the tenant has of these; `account` is clearing and account number. */
  readonly account: {
    readonly bankgiro?: string;
    readonly account?: string;
    readonly iban?: string;
    readonly bic?: string;
  };
  /** Path of the invoice. */
  readonly pdfUrl: string;
}

/** Whether the payer is asked, and what the card would be charged for: a plan at regular times, or this and that. */
export interface CardKeeping {
  readonly asks: boolean;
  readonly use: 'series' | 'single';
}

/** The payer can pay. `failed` is the same page after an attempt that brought nothing. */
export type OpenView = BillView & {
  readonly methods: readonly PaymentMethod[];
  /** Issued with the page and posted as `attempt`: two posts of one page are one attempt. */
  readonly attemptId: string;
  /** What the payer typed as a phone number, and is none. */
  readonly phoneProblem?: string;
  /** Where the card is to be kept. A payer who is asked posts `keep`. */
  readonly keepsCard?: CardKeeping;
  /** Where the link has an invoice. */
  readonly bank?: BankTransfer;
} & ({ readonly state: 'open' } | { readonly state: 'failed'; readonly problem: PaymentProblem });

/** A payment is under way or its outcome is unknown: nothing to do but wait. */
export interface PendingView extends BillView {
  readonly state: 'pending';
  readonly pollSeconds: number;
  /** The processor's page, where the payer has begun but not finished. */
  readonly continueUrl?: string;
  /**
   * The payer approves in an app: opened by `url` on a phone, by scanning the picture at `codeUrl` anywhere else. Without
   * them the app has told the payer by itself.
   */
  readonly app?: { readonly url?: string; readonly codeUrl?: string };
  /** Ends the payment, where its processor can; a form posts to it. */
  readonly cancelUrl?: string;
}

/** Money has come by transfer that does not pay the link: too little, too much, or it waits for the tenant's yes. */
export interface FundedView extends BillView {
  readonly state: 'funded';
  readonly funding: 'short' | 'exact' | 'over';
  readonly received: Money;
  /** What is left to pay, or was paid too much. */
  readonly difference: Money;
  readonly bank?: BankTransfer;
}

/** The paper that is printed and sent. */
export interface InvoiceView extends BillView {
  readonly bank: BankTransfer;
  /** `YYYY-MM-DD` */
  readonly issuedOn: string;
  /** Name and address of whom it is for, a line each. */
  readonly customer: readonly string[];
  /** Absolute: where the link is paid online. */
  readonly payUrl: string;
}

export interface Receipt {
  readonly number: string;
  /** RFC 3339 instant. */
  readonly paidAt: string;
  /** IANA name of the zone the receipt tells the time in. */
  readonly timeZone: string;
  readonly method: PaymentMethod | 'deposit';
  /** What was paid, where it is another amount than the bill's: the seller was content with it. */
  readonly paid?: Money;
  /** Scheme and masked number, e.g. `Visa` and `•••• 1111`. */
  readonly card?: { readonly scheme?: string; readonly maskedNumber: string };
  /** Path of the PDF. */
  readonly pdfUrl: string;
}

export interface PaidView extends BillView {
  readonly state: 'paid';
  readonly receipt: Receipt;
}

/** Nothing can be paid any more. What was to be paid is no longer anybody's business. */
export interface ClosedView extends LinkView {
  readonly state: 'expired' | 'cancelled';
}

/** Where a payer turns the tenant's reminders off, and on again. `page` of the addresses is this page's own. */
export interface RemindersView extends LinkView {
  readonly wanted: boolean;
  readonly billUrl: string;
}

/** No such link. Holds nothing but the reader's language, so that unknown, spent and foreign tokens look the same. */
export interface UnknownView {
  readonly state: 'unknown-link';
  readonly language: Language;
}

/** The page of a failure of ours: no link was read, so it knows no more than {@link UnknownView}. */
export interface TroubleView {
  readonly language: Language;
}

export type CheckoutView = OpenView | PendingView | FundedView | PaidView | ClosedView | UnknownView;

/** A message as the demo inbox shows it. */
export interface InboxMessage {
  readonly id: string;
  readonly channel: 'sms' | 'email';
  readonly to: string;
  readonly subject?: string;
  readonly text: string;
  readonly status: string;
  /** RFC 3339 instant. */
  readonly createdAt: string;
}

export interface InboxView {
  /** Newest first. */
  readonly messages: readonly InboxMessage[];
  readonly homeUrl: string;
}

export interface HomeView {
  /** Links that can be paid at once. */
  readonly links: readonly { readonly title: string; readonly amount: Money; readonly url: string }[];
  readonly urls: Readonly<Record<'inbox' | 'docs' | 'demoJson' | 'audit' | 'phone', string>>;
}
