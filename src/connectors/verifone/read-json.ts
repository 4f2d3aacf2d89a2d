/** Reading JSON that somebody else wrote: every look at it says what it must be. */
import { findCurrency } from '#kit/currency.ts';
import { type Money, money, parseMinor } from '#kit/money.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

export function asArray(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** A string that is one, or the empty one. */
export function text(object: JsonObject | undefined, ...names: readonly string[]): string {
  for (const name of names) {
    const value = object?.[name];
    if (typeof value === 'string') return value;
  }
  return '';
}

/** Whole minor units in a currency, or undefined where it is no amount. */
export function readAmount(minor: unknown, currencyCode: string): Money | undefined {
  const currency = findCurrency(currencyCode);
  const units = typeof minor === 'number' ? parseMinor(minor) : 'not a number';
  return currency === undefined || typeof units === 'string' ? undefined : money(units, currency);
}

/** A code as it came, or nothing where it is none. */
export function readCode(code: string): string {
  return /^[0-9A-Z]{1,8}$/.test(code) ? code : '';
}

/** Text that came over the wire, without anything as long as a card number. */
export function withoutNumbers(words: string): string {
  return words.slice(0, 64).replace(/\d(?:[ -]?\d){8,}/g, '[number]');
}
