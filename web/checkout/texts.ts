import type { Language } from '#kit/language.ts';
import { invoiceTextsOf } from './invoice-texts.ts';
import { da } from './texts-da.ts';
import { de } from './texts-de.ts';
import { en } from './texts-en.ts';
import { fi } from './texts-fi.ts';
import { nb } from './texts-nb.ts';
import { sv } from './texts-sv.ts';
import type { CardKeeping, PaidView, PaymentMethod, PaymentProblem } from './view.ts';

/** Everything the checkout says. A language is complete or it does not compile. */
export interface Texts {
  /** BCP 47 tag for numbers and dates. */
  readonly locale: string;
  /** The language's own name for itself. */
  readonly languageName: string;
  /** What the choice of language is called. */
  readonly language: string;
  readonly testMode: string;
  readonly payTo: (name: string) => string;
  readonly toPay: string;
  readonly dueDate: string;
  readonly reference: string;
  readonly items: string;
  readonly description: string;
  readonly amount: string;
  readonly total: string;
  readonly includingVat: (percent: string) => string;
  readonly chooseMethod: string;
  readonly payBy: Readonly<Record<PaymentMethod, (amount: string) => string>>;
  readonly methodNote: Readonly<Record<PaymentMethod, string>>;
  readonly methodName: Readonly<Record<PaymentMethod, string>>;
  readonly noMethod: string;
  /** That the card is to be kept: `ask` beside a box to tick, `tell` where the seller has the payer's consent. */
  readonly keepCard: Readonly<
    Record<
      CardKeeping['use'],
      { readonly ask: (name: string) => string; readonly tell: (name: string) => string }
    >
  >;
  readonly problem: Readonly<Record<PaymentProblem, { readonly title: string; readonly text: string }>>;
  readonly backTo: (name: string) => string;
  readonly pending: {
    readonly title: string;
    readonly text: string;
    readonly mayClose: string;
    readonly stillWaiting: string;
    readonly checkAgain: string;
    /** Instead of the above where the payer has begun at the processor and may not have finished. */
    readonly begun: { readonly title: string; readonly text: string; readonly continue: string };
  };
  readonly swish: {
    /** While the payer is to approve in the app. */
    readonly title: string;
    readonly text: string;
    readonly openApp: string;
    readonly scan: string;
    /** What the picture of the code is, to somebody who does not see it. */
    readonly code: string;
    readonly phone: string;
    readonly phoneNote: string;
    readonly phoneProblem: string;
    /** Ends the payment under way, so that another way can be chosen. */
    readonly cancel: string;
  };
  readonly paid: { readonly title: string; readonly text: (name: string) => string };
  readonly receipt: {
    readonly title: string;
    readonly items: string;
    readonly number: string;
    readonly paidAt: string;
    readonly method: string;
    readonly seller: string;
    readonly organizationNumber: string;
    readonly download: string;
    readonly quantity: string;
    readonly unitPrice: string;
    readonly vat: string;
    readonly vatSummary: string;
    readonly net: string;
    readonly gross: string;
    readonly testMode: string;
    readonly page: (page: number, pages: number) => string;
  };
  readonly expired: { readonly title: string; readonly text: (name: string) => string };
  readonly cancelled: { readonly title: string; readonly text: (name: string) => string };
  /** The page on which reminders are turned off, and on again. */
  readonly reminders: {
    readonly link: string;
    readonly title: string;
    readonly text: (name: string) => string;
    readonly turnOff: string;
    readonly offTitle: string;
    readonly offText: (name: string) => string;
    readonly turnOn: string;
    readonly toBill: string;
  };
  readonly unknownLink: { readonly title: string; readonly text: string };
  /** Something failed on our side, or too much was asked for: nothing is known of what the visitor wanted. */
  readonly trouble: { readonly title: string; readonly text: string };
}

const table = { sv, en, fi, nb, da, de } satisfies Record<Language, Texts>;

export function textsOf(language: Language): Texts {
  return table[language];
}

/** How a receipt names the means of payment: `Kort, Visa •••• 1111`. */
export function paidWith(
  { receipt, language }: Pick<PaidView, 'receipt' | 'language'>,
  texts: Texts,
): string {
  const { card, method } = receipt;
  if (method === 'deposit') return invoiceTextsOf(language).method;
  if (card === undefined) return texts.methodName[method];
  return `${texts.methodName[method]}, ${card.scheme === undefined ? '' : `${card.scheme} `}${card.maskedNumber}`;
}
