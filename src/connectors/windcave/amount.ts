import { findCurrency } from '#kit/currency.ts';
import { type Money, parseDecimal } from '#kit/money.ts';

/**
 * The amount of an answer, or undefined where it is none. Zeros after the last decimal a currency has carry no value
 * (`1200.00` JPY is 1200); any other digit there makes it no amount of that currency.
 */
export function readAmount(text: string, currencyCode: string): Money | undefined {
  const currency = findCurrency(currencyCode);
  if (currency === undefined) return undefined;
  const amount = parseDecimal(text.replace(/(?:\.0+|(\.\d*[1-9])0+)$/, '$1'), currency);
  return typeof amount === 'string' ? undefined : amount;
}
