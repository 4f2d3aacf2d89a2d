/** Test cards and triggers of Windcave's test accounts, and what a card number tells by itself. */

import { exponentOf } from '#kit/currency.ts';
import type { Money } from '#kit/money.ts';
import { type EnteredCard, isExpired, maskNumber, passesLuhn } from '../card-numbers.ts';

/** A card as the simulator keeps it. The number and the security code are never part of it. */
export interface KnownCard {
  readonly name: string;
  readonly masked: string;
  /** `MMYY`. */
  readonly expiry: string;
  readonly holder: string;
  /** Eight capitals of hexadecimal, the same for the same number. */
  readonly mac: string;
  /** What the bank says to every charge of it: `00` or a decline. */
  readonly code: string;
  /** What the bank says to charges of it once it is stored. */
  readonly laterCode: string;
}

const declines: Readonly<Record<string, string>> = {
  '4999999999999236': '05',
  '4999999999999269': '12',
  '5431111111111301': '30',
  '5431111111111228': '51',
  '4999999999999996': '54',
  '4999999999999202': 'U9',
};

/** Cards of brands that are listed but not accepted. */
const notAccepted: ReadonlySet<string> = new Set(['4444555566669999']);

/** Numbers shown as hints on the hosted page. */
export const hintedCards: readonly (readonly [number: string, says: string])[] = [
  ['4111 1111 1111 1111', 'Visa, approved'],
  ['5431 1111 1111 1111', 'Mastercard, approved'],
  ['3711 111111 11114', 'American Express, approved'],
  ['4999 9999 9999 9236', 'declined: do not honour (05)'],
  ['5431 1111 1111 1228', 'declined: insufficient funds (51)'],
  ['4999 9999 9999 9202', 'timeout towards the bank (U9)'],
];

const brands: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Visa', /^4(\d{12}|\d{15}|\d{18})$/],
  ['MasterCard', /^(5[1-5]\d{4}|222[1-9]\d\d|22[3-9]\d{3}|2[3-6]\d{4}|27[01]\d{3}|2720\d\d)\d{10}$/],
  ['Amex', /^3[47]\d{13}$/],
  ['Diners', /^3(0[0-59]|6\d|[89]\d)\d{11}$/],
];

function brandOf(number: string): string | undefined {
  return brands.find(([, pattern]) => pattern.test(number))?.[0];
}

/** What is wrong with a card before any bank is asked: a gateway code, or nothing. */
export function refuseCard(card: EnteredCard): string | undefined {
  if (!passesLuhn(card.number)) return 'QK';
  if (!/^\d{4}$/.test(card.expiry)) return 'QJ';
  const month = Number(card.expiry.slice(0, 2));
  return month >= 1 && month <= 12 ? undefined : 'QI';
}

/** A card's lasting facts; `mac` comes from the caller, because a bare hash of a card number gives it away. */
export function keepCard(card: EnteredCard, mac: string): KnownCard {
  const brand = notAccepted.has(card.number) ? undefined : brandOf(card.number);
  const later = /^SIM LATER ([0-9A-Z]{2})$/i.exec(card.holder)?.[1]?.toUpperCase();
  const code = brand === undefined ? 'AQ' : (declines[card.number] ?? '00');
  return {
    name: brand ?? '',
    masked: maskNumber(card.number),
    expiry: card.expiry,
    holder: card.holder.toUpperCase().slice(0, 64),
    mac,
    code,
    laterCode: later ?? code,
  };
}

/**
 * The bank's answer, in the order of the test accounts: brand, expiry, the card's own code, then amounts that end in
 * `.76`, which are declined whatever the card.
 */
export function decideCharge(card: KnownCard, isStored: boolean, amount: Money, now: Date): string {
  const cardCode = isStored ? card.laterCode : card.code;
  if (cardCode === 'AQ') return 'AQ';
  if (isExpired(card.expiry, now)) return '54';
  if (cardCode !== '00') return cardCode;
  const hundredths = exponentOf(amount.currency) === 2 ? amount.minor % 100n : 0n;
  return hundredths === 76n ? '76' : '00';
}
