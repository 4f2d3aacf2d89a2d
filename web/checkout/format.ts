import { exponentOf } from '#kit/currency.ts';
import { formatDecimal, type Money } from '#kit/money.ts';
import type { DecimalText } from './view.ts';

/**
 * An amount as a reader of `locale` writes it: `1 234,50 kr`, `SEK 1,234.50`. Exact at any size, since `Intl` reads the
 * decimal text itself; decimals are those of ISO 4217, which `Intl` alone would not follow.
 */
export function formatMoney(amount: Money, locale: string): string {
  const decimals = exponentOf(amount.currency);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: amount.currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(formatDecimal(amount) as DecimalText);
}

/** A quantity, with as many decimals as it was given. */
export function formatQuantity(quantity: DecimalText, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }).format(quantity);
}

export function formatPercent(percent: DecimalText, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit: 'percent', maximumFractionDigits: 4 }).format(
    percent,
  );
}

/** A calendar day (`YYYY-MM-DD`), in words. */
export function formatDay(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** An instant (RFC 3339) as the clock on the wall of `timeZone` showed it. */
export function formatInstant(instant: string, locale: string, timeZone: string): string {
  const options = { dateStyle: 'long', timeStyle: 'short', timeZone } as const;
  return new Intl.DateTimeFormat(locale, options).format(new Date(instant));
}
