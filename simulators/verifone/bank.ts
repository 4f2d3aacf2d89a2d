/** Test cards, and what the bank says to them. */
import { exponentOf } from '#kit/currency.ts';
import type { Money } from '#kit/money.ts';
import { type EnteredCard, isExpired } from '../card-numbers.ts';

const declines: Readonly<Record<string, string>> = {
  '4999999999999236': '05',
  '5431111111111228': '51',
  '4999999999999996': '54',
};

/** Numbers shown as hints on the hosted page. */
export const hintedCards: readonly (readonly [number: string, says: string])[] = [
  ['4111 1111 1111 1111', 'Visa, approved'],
  ['5431 1111 1111 1111', 'Mastercard, approved'],
  ['4999 9999 9999 9236', 'declined: do not honour (05)'],
  ['5431 1111 1111 1228', 'declined: insufficient funds (51)'],
];

/** The bank's code: an expired card first, then the card's own, then amounts that end in `.76`, whatever the card. */
export function decideCharge(card: EnteredCard, amount: Money, now: Date): string {
  if (isExpired(card.expiry, now)) return '54';
  const code = declines[card.number];
  if (code !== undefined) return code;
  const hundredths = exponentOf(amount.currency) === 2 ? amount.minor % 100n : 0n;
  return hundredths === 76n ? '76' : '00';
}
