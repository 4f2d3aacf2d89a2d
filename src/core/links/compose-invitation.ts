import type { Medium } from '#kit/channel.ts';
import { formatMoney } from '#kit/format-money.ts';
import type { Language } from '#kit/language.ts';
import { money } from '#kit/money.ts';
import type { Core } from '../core.ts';
import type { Link } from './link.ts';

interface Texts {
  /** How the reader writes amounts. */
  readonly locale: string;
  subject(supplier: string): string;
  sms(supplier: string, amount: string, url: string): string;
  email(supplier: string, amount: string, url: string, dueDate: string | null): string;
}

const texts: Readonly<Record<string, Texts>> = {
  sv: {
    locale: 'sv-SE',
    subject: (supplier) => `Betalning till ${supplier}`,
    sms: (supplier, amount, url) => `${supplier}: betala ${amount} här: ${url}`,
    email: (supplier, amount, url, dueDate) =>
      `Hej,\n\n${supplier} ber dig betala ${amount}${dueDate === null ? '' : ` senast ${dueDate}`}.\n\nBetala här:\n${url}\n\nVänliga hälsningar\n${supplier}\n`,
  },
  en: {
    locale: 'en-GB',
    subject: (supplier) => `Payment to ${supplier}`,
    sms: (supplier, amount, url) => `${supplier}: pay ${amount} here: ${url}`,
    email: (supplier, amount, url, dueDate) =>
      `Hello,\n\n${supplier} asks you to pay ${amount}${dueDate === null ? '' : ` by ${dueDate}`}.\n\nPay here:\n${url}\n\nKind regards\n${supplier}\n`,
  },
};

const fallback = 'en';

/** What the payer is sent: who asks for how much, and where to pay it. In the link's language, else in English. */
export function composeInvitation(
  core: Pick<Core, 'publicUrl'>,
  link: Link,
  medium: Medium,
): { subject: string | null; body: string } {
  const language = texts[link.particulars.language] ?? texts[fallback];
  if (language === undefined) throw new Error(`there are no texts in ${fallback}`);
  const supplier = link.particulars.supplier.name;
  // A no-break space is not in the alphabet of an SMS and would make it cost double.
  const amount = formatMoney(money(link.amount, link.currency), language.locale).replaceAll('\u00a0', ' ');
  const url = payerUrl(core, link);
  if (medium === 'sms') return { subject: null, body: language.sms(supplier, amount, url) };
  return { subject: language.subject(supplier), body: language.email(supplier, amount, url, link.dueDate) };
}

/** Where the payer opens the link: in its own language, or in the one given. */
export function payerUrl(
  core: Pick<Core, 'publicUrl'>,
  link: Pick<Link, 'token'>,
  language?: Language,
): string {
  return `${core.publicUrl}/pay/${link.token}${language === undefined ? '' : `?language=${language}`}`;
}
