/** From where a payer stands to what the page shows. Pure. */
import type { Link, LinkItem } from '#core/links/link.ts';
import type { Checkout } from '#core/links/read-checkout.ts';
import type { Invoice } from '#core/links/read-invoice.ts';
import type { PaymentStatus } from '#core/payments/payment.ts';
import type { PaymentRecord } from '#core/payments/read-payment.ts';
import { findLanguage, type Language, languages } from '#kit/language.ts';
import { money } from '#kit/money.ts';
import { renderCode } from '#web/checkout/render-code.ts';
import type {
  BankTransfer,
  Brand,
  CheckoutView,
  DecimalText,
  FundedView,
  Item,
  PaidView,
  PaymentMethod,
  PaymentProblem,
  PendingView,
  RemindersView,
} from '#web/checkout/view.ts';
import { toKeeping } from './translate-keeping.ts';

/** Seconds between a waiting page's questions. */
const pollSeconds = 2;

/** Large enough for a phone's camera at arm's length. */
const codePixels = 232;

/** The methods the checkout has a form for, in the order it shows them. */
const offered: readonly PaymentMethod[] = ['swish', 'card', 'dummy'];

/** What a receipt may say it was paid by. */
const receiptMethods = [...offered, 'deposit'] as const;

/** What an attempt that took no money is called on the page. */
const problems = {
  initiated: 'unavailable',
  pending: 'unavailable',
  underfunded: 'unavailable',
  funded: 'unavailable',
  overfunded: 'unavailable',
  authorised: 'unavailable',
  completed: 'unavailable',
  validated: 'unavailable',
  declined: 'declined',
  aborted: 'cancelled',
  expired: 'unavailable',
  crashed: 'unavailable',
  stopped: 'cancelled',
  cancelled: 'cancelled',
} as const satisfies Record<PaymentStatus, PaymentProblem>;

/** The language a payer has chosen by `?language=`, if it is one of ours. Nothing of it is kept. */
export function chosenLanguage(query: unknown): Language | undefined {
  const { language } = (query ?? {}) as { language?: unknown };
  return languages.find((one) => one === language);
}

/** Where the logo really is: the link's own before the tenant's. */
export function logoOf({ link, tenant }: Pick<Checkout, 'link' | 'tenant'>): string | undefined {
  return link.particulars.logoUrl ?? tenant.settings.brand?.logoUrl;
}

export function toBrand({ link, tenant }: Pick<Checkout, 'link' | 'tenant'>): Brand {
  const logoUrl = logoOf({ link, tenant }) === undefined ? undefined : `/pay/${link.token}/logo`;
  const colour = tenant.settings.brand?.colour;
  return {
    name: link.particulars.supplier.name,
    ...(logoUrl === undefined ? {} : { logoUrl }),
    ...(colour === undefined ? {} : { colour }),
  };
}

/** The methods a link can be paid by that the checkout has a form for. */
export function offeredMethods({ methods }: Pick<Checkout, 'methods'>): PaymentMethod[] {
  return offered.filter((method) => methods.includes(method));
}

/**
 * The page of a link, in the link's language or the one the payer has chosen. `attemptId` is issued with it: two posts
 * of one page are one attempt.
 */
export function toView(checkout: Checkout, attemptId: string, chosen?: Language): CheckoutView {
  const { link, stage } = checkout;
  const common = toLinkView(checkout, chosen);
  if (stage.kind === 'expired' || stage.kind === 'cancelled') return { ...common, state: stage.kind };
  if (stage.kind === 'funded') return toFundedView(checkout, stage, chosen);
  if (stage.kind === 'paid') return toPaidView(checkout, stage, chosen);
  const bill = { ...common, ...toBill(link) };
  if (stage.kind === 'pending')
    return {
      ...bill,
      state: 'pending',
      pollSeconds,
      ...continueAt(stage.attempt),
      ...(stage.canCancel ? { cancelUrl: pathOf(link, '/cancel', chosen) } : {}),
    };
  const payable = {
    ...bill,
    methods: offeredMethods(checkout),
    attemptId,
    ...toBank(checkout, chosen),
    ...toKeeping(checkout),
  };
  if (stage.kind === 'open') return { ...payable, state: 'open' };
  return { ...payable, state: 'failed', problem: problems[stage.attempt.payment.status] };
}

/** The receipt of a link that is paid, for page and PDF. */
export function toPaidView(
  checkout: Checkout,
  stage: Extract<Checkout['stage'], { kind: 'paid' }>,
  chosen?: Language,
): PaidView {
  const { link, tenant } = checkout;
  const { payment, transitions, operations } = stage.attempt;
  const paidAt = transitions.findLast((one) => one.toStatus === 'completed')?.at ?? stage.receipt.createdAt;
  const card = operations.find((one) => one.kind !== 'refund' && one.status === 'approved')?.card;
  return {
    ...toLinkView(checkout, chosen),
    ...toBill(link),
    state: 'paid',
    receipt: {
      number: stage.receipt.number,
      paidAt: paidAt.toISOString(),
      timeZone: tenant.zone,
      method: receiptMethods.find((one) => one === payment.method) ?? 'card',
      ...(payment.captured === link.amount ? {} : { paid: money(payment.captured, payment.currency) }),
      ...(card === null || card === undefined
        ? {}
        : { card: { scheme: card.brand, maskedNumber: toShort(card.maskedNumber) } }),
      pdfUrl: pathOf(link, '/receipt.pdf', chosen),
    },
  };
}

/** Where and under which number to transfer. */
export function toTransfer(
  { link }: Pick<Checkout, 'link'>,
  { reference, account }: Invoice,
  chosen?: Language,
): BankTransfer {
  const { bankgiroNumber, iban, bic, clearingNumber, accountNumber } = account;
  return {
    kind: reference.kind,
    reference: reference.reference,
    account: {
      ...(bankgiroNumber === undefined ? {} : { bankgiro: bankgiroNumber }),
      ...(clearingNumber === undefined || accountNumber === undefined
        ? {}
        : { account: `${clearingNumber}-${accountNumber}` }),
      ...(iban === undefined ? {} : { iban }),
      ...(bic === undefined ? {} : { bic }),
    },
    pdfUrl: pathOf(link, '/invoice.pdf', chosen),
  };
}

/** The page of a link for which deposits have come that do not pay it. */
function toFundedView(
  checkout: Checkout,
  { attempt }: Extract<Checkout['stage'], { kind: 'funded' }>,
  chosen: Language | undefined,
): FundedView {
  const { link } = checkout;
  const received = attempt.transitions.findLast((one) => one.receivedTotal !== null)?.receivedTotal ?? 0n;
  const missing = attempt.payment.amount - received;
  return {
    ...toLinkView(checkout, chosen),
    ...toBill(link),
    state: 'funded',
    funding: missing === 0n ? 'exact' : missing > 0n ? 'short' : 'over',
    received: money(received, link.currency),
    difference: money(missing < 0n ? -missing : missing, link.currency),
    ...toBank(checkout, chosen),
  };
}

function toBank(checkout: Checkout, chosen: Language | undefined): { bank?: BankTransfer } {
  const { invoice } = checkout;
  return invoice === undefined ? {} : { bank: toTransfer(checkout, invoice, chosen) };
}

/** The page on which the reminders of a link's tenant are turned off. */
export function toRemindersView(checkout: Checkout, wanted: boolean, chosen?: Language): RemindersView {
  const { link } = checkout;
  const { returnTo: _, ...common } = toLinkView(checkout, chosen);
  const { reminders: __, ...urls } = common.urls;
  return {
    ...common,
    urls: { ...urls, page: pathOf(link, '/reminders', chosen), inLanguage: inLanguages(link, '/reminders') },
    wanted,
    billUrl: pathOf(link, '', chosen),
  };
}

/** `•••• ••11`: enough for a payer to know the card by, short enough for a phone. */
function toShort(maskedNumber: string): string {
  return `•••• ${maskedNumber.slice(-4).replaceAll('.', '•')}`;
}

type Page = '' | '/cancel' | '/receipt.pdf' | '/invoice.pdf' | '/reminders';

/** The path of a page of a link, which takes the payer's choice of language along. */
export function pathOf(link: Pick<Link, 'token'>, page: Page, chosen?: Language): string {
  return `/pay/${link.token}${page}${chosen === undefined ? '' : `?language=${chosen}`}`;
}

export function toLinkView({ link, tenant, stage }: Checkout, chosen: Language | undefined) {
  const { supplier, successUrl, cancelUrl } = link.particulars;
  const returnTo = stage.kind === 'paid' ? successUrl : cancelUrl;
  return {
    language: chosen ?? findLanguage(link.particulars.language) ?? 'en',
    brand: toBrand({ link, tenant }),
    seller: {
      name: supplier.name,
      ...(supplier.organisationNumber === undefined
        ? {}
        : { organizationNumber: supplier.organisationNumber }),
      ...(supplier.city === undefined ? {} : { city: supplier.city }),
      ...(supplier.website === undefined ? {} : { website: supplier.website }),
    },
    testMode: tenant.mode === 'test',
    urls: {
      page: pathOf(link, '', chosen),
      status: `/pay/${link.token}/status`,
      inLanguage: inLanguages(link, ''),
      ...(mayRemind({ tenant, stage }) ? { reminders: pathOf(link, '/reminders', chosen) } : {}),
      ...(tenant.settings.brand?.colour === undefined ? {} : { brandCss: `/pay/${link.token}/brand.css` }),
    },
    reference: link.id.slice(-8).toUpperCase(),
    ...(returnTo === undefined ? {} : { returnTo }),
  };
}

/** Whether the tenant may still remind anybody of this link. */
function mayRemind({ tenant, stage }: Pick<Checkout, 'tenant' | 'stage'>): boolean {
  const { daysBefore = [], daysAfter = [] } = tenant.settings.reminders ?? {};
  const isOver = stage.kind === 'paid' || stage.kind === 'expired' || stage.kind === 'cancelled';
  return !isOver && daysBefore.length + daysAfter.length > 0;
}

function inLanguages(link: Link, page: Page): Readonly<Record<Language, string>> {
  return {
    sv: pathOf(link, page, 'sv'),
    en: pathOf(link, page, 'en'),
    fi: pathOf(link, page, 'fi'),
    nb: pathOf(link, page, 'nb'),
    da: pathOf(link, page, 'da'),
    de: pathOf(link, page, 'de'),
  };
}

export function toBill(link: Link) {
  return {
    items: link.items.map((item) => toItem(link, item)),
    total: money(link.amount, link.currency),
    ...(link.dueDate === null ? {} : { dueDate: link.dueDate }),
  };
}

function toItem(link: Link, item: LinkItem): Item {
  return {
    description: item.description,
    quantity: `${item.quantity}`,
    unit: item.unit,
    unitPrice: money(BigInt(item.unitMinor), link.currency),
    lineTotal: money(BigInt(item.unitMinor) * BigInt(item.quantity), link.currency),
    vatPercent: toPercent(item.vatBasisPoints),
  };
}

/** 1110 hundredths of a percent are 11.1 percent. */
function toPercent(basisPoints: number): DecimalText {
  return `${basisPoints / 100}`;
}

/** Where the payer goes on: a page of the processor's, or an app. */
function continueAt({ payment, operations }: PaymentRecord): Pick<PendingView, 'continueUrl' | 'app'> {
  const waiting = operations.find((one) => one.paymentId === payment.id && one.status === 'awaiting-payer');
  if (waiting === undefined) return {};
  const { pageUrl } = waiting;
  if (payment.method !== 'swish') return pageUrl === null ? {} : { continueUrl: pageUrl };
  return { app: pageUrl === null ? {} : { url: pageUrl, codeUrl: codeUrlOf(pageUrl) } };
}

/** The picture of a code that the app scans instead of being opened: its content is a D and the token. */
function codeUrlOf(appUrl: string): string {
  const token = new URL(appUrl).searchParams.get('token') ?? '';
  const code = renderCode(`D${token}`, { size: codePixels });
  return `data:image/svg+xml;base64,${Buffer.from(code).toString('base64')}`;
}
