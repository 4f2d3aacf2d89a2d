import { type Currency, exponentOf } from '#kit/currency.ts';
import { type Money, money } from '#kit/money.ts';

/** What a card is validated by: one dollar, one krona, one yen. Never taken. */
export function validationAmount(currency: Currency): Money {
  return money(10n ** BigInt(exponentOf(currency)), currency);
}
