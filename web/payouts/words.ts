/** An amount as a check spells it: whole dollars in words, cents as a fraction. */

const small = [
  'ZERO',
  'ONE',
  'TWO',
  'THREE',
  'FOUR',
  'FIVE',
  'SIX',
  'SEVEN',
  'EIGHT',
  'NINE',
  'TEN',
  'ELEVEN',
  'TWELVE',
  'THIRTEEN',
  'FOURTEEN',
  'FIFTEEN',
  'SIXTEEN',
  'SEVENTEEN',
  'EIGHTEEN',
  'NINETEEN',
] as const;

const tens = ['', '', 'TWENTY', 'THIRTY', 'FORTY', 'FIFTY', 'SIXTY', 'SEVENTY', 'EIGHTY', 'NINETY'] as const;

const scales = [
  [1_000_000_000n, 'BILLION'],
  [1_000_000n, 'MILLION'],
  [1_000n, 'THOUSAND'],
  [100n, 'HUNDRED'],
] as const;

/** `ONE HUNDRED FIFTY AND 05/100 DOLLARS`. */
export function inWords(cents: bigint): string {
  const rest = String(cents % 100n).padStart(2, '0');
  return `${wordsOf(cents / 100n)} AND ${rest}/100 DOLLARS`;
}

function wordsOf(number: bigint): string {
  for (const [scale, name] of scales) {
    if (number < scale) continue;
    const rest = number % scale;
    const head = `${wordsOf(number / scale)} ${name}`;
    return rest === 0n ? head : `${head} ${wordsOf(rest)}`;
  }
  const value = Number(number);
  if (value < small.length) return small[value] ?? '';
  const ten = tens[Math.floor(value / 10)] ?? '';
  return value % 10 === 0 ? ten : `${ten}-${small[value % 10]}`;
}
