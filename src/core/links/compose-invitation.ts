import type { Medium } from '#kit/channel.ts';
import { formatMoney } from '#kit/format-money.ts';
import { dateFormat } from '#kit/kept-formats.ts';
import { findLanguage, type Language, locales } from '#kit/language.ts';
import { money } from '#kit/money.ts';
import type { Core } from '../core.ts';
import { fillTemplate } from '../messages/fill-template.ts';
import { messageTextsOf, type Occasion } from '../messages/texts.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { Link } from './link.ts';

export interface Composed {
  readonly subject: string | null;
  readonly body: string;
}

/**
 * What the payer is sent: who asks for how much, and where to pay it. In the link's language, else in English; in the
 * tenant's own words where it has some.
 */
export function composeInvitation(
  core: Pick<Core, 'publicUrl'>,
  { tenant, link, medium, occasion }: { tenant: Tenant; link: Link; medium: Medium; occasion: Occasion },
): Composed {
  const language = findLanguage(link.particulars.language) ?? 'en';
  const texts = {
    ...messageTextsOf(language)[occasion],
    ...tenant.settings.messageTexts?.[language]?.[occasion],
  };
  const locale = locales[language];
  const amount = formatMoney(money(link.amount, link.currency), locale);
  const values = {
    supplier: link.particulars.supplier.name,
    // A no-break space is not in the alphabet of an SMS and would make it cost double.
    amount: amount.replaceAll(/[\u00a0\u202f]/g, ' '),
    dueDate: link.dueDate === null ? null : writeDay(link.dueDate, locale, medium),
    link: payerUrl(core, link),
  };
  if (medium === 'sms') return { subject: null, body: fillTemplate(texts.sms, values) };
  return { subject: fillTemplate(texts.subject, values), body: `${fillTemplate(texts.email, values)}\n` };
}

/** `2026-12-20` as the reader writes it: in words, or in figures where every character is paid for. */
function writeDay(day: string, locale: string, medium: Medium): string {
  const figures = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  const options = medium === 'sms' ? figures : ({ dateStyle: 'long' } as const);
  return dateFormat(locale, { ...options, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

/** Where the payer opens the link: in its own language, or in the one given. */
export function payerUrl(
  core: Pick<Core, 'publicUrl'>,
  link: Pick<Link, 'token'>,
  language?: Language,
): string {
  return `${core.publicUrl}/pay/${link.token}${language === undefined ? '' : `?language=${language}`}`;
}
