import { passesLuhn } from '#kit/luhn.ts';

/** Runs of 13 to 19 digits, also with single spaces or dashes between them. */
const runPattern = /(?<![0-9A-Fa-f-])\d(?:[ -]?\d){12,18}(?![0-9A-Fa-f-])/g;

/** First digits of the brands a payer could have: what passes Luhn by chance rarely begins with one and has its length. */
const brandPattern =
  /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|6(?:011|5\d\d)\d{12}|35\d{14})$/;

/** The card numbers that stand in a text: digits of a brand's form and length that pass the Luhn check. */
export function findCardNumbers(text: string): string[] {
  return (text.match(runPattern) ?? [])
    .map((run) => run.replaceAll(/[ -]/g, ''))
    .filter((digits) => brandPattern.test(digits) && passesLuhn(digits));
}
