import { dateFormat, numberFormat } from '#kit/kept-formats.ts';
import type { DecimalText } from './view.ts';

/** A quantity, with as many decimals as it was given. */
export function formatQuantity(quantity: DecimalText, locale: string): string {
  return numberFormat(locale, { maximumFractionDigits: 20 }).format(quantity);
}

export function formatPercent(percent: DecimalText, locale: string): string {
  return numberFormat(locale, { style: 'unit', unit: 'percent', maximumFractionDigits: 4 }).format(percent);
}

/** A calendar day (`YYYY-MM-DD`), in words. */
export function formatDay(day: string, locale: string): string {
  return dateFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

/** An instant (RFC 3339) as the clock on the wall of `timeZone` showed it. */
export function formatInstant(instant: string, locale: string, timeZone: string): string {
  const options = { dateStyle: 'long', timeStyle: 'short', timeZone } as const;
  return dateFormat(locale, options).format(new Date(instant));
}
