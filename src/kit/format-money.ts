import { exponentOf } from './currency.ts';
import { numberFormat } from './kept-formats.ts';
import { formatDecimal, type Money } from './money.ts';

/**
 * An amount as a reader of `locale` writes it: `1 234,50 kr`, `SEK 1,234.50`. Exact at any size, since `Intl` reads the
 * decimal text itself; decimals are those of ISO 4217, which `Intl` alone would not follow.
 */
export function formatMoney(amount: Money, locale: string): string {
  const decimals = exponentOf(amount.currency);
  return numberFormat(locale, {
    style: 'currency',
    currency: amount.currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(formatDecimal(amount) as `${number}`);
}
