/** What a card tells by itself, whoever takes it. */

export interface EnteredCard {
  readonly number: string;
  readonly expiry: string;
  readonly holder: string;
}

/** The check digit of card numbers (Luhn, ISO/IEC 7812). */
export function passesLuhn(number: string): boolean {
  if (!/^\d{12,19}$/.test(number)) return false;
  const sum = [...number].reverse().reduce((total, digit, position) => {
    const value = Number(digit) * (position % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** First six, dots, last two, as long as the number. */
export function maskNumber(number: string): string {
  return `${number.slice(0, 6)}${'.'.repeat(number.length - 8)}${number.slice(-2)}`;
}

/** A card is good through the last day of its month. */
export function isExpired(expiry: string, now: Date): boolean {
  const month = Number(expiry.slice(0, 2));
  const year = 2000 + Number(expiry.slice(2));
  return now.getTime() >= Date.UTC(year, month, 1);
}
