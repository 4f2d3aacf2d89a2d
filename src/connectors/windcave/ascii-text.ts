/** Letters and signs that Unicode does not decompose into an ASCII letter and marks. */
const spelledOut: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ł: 'l',
  Ł: 'L',
  ı: 'i',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '€': 'EUR',
  '£': 'GBP',
};

/**
 * Makes free text safe for a gateway that refuses anything but ASCII (PxPay 2.0, code `NO`): accents are dropped,
 * control characters become spaces, what has no ASCII spelling becomes `?`. At most `maxLength` characters.
 */
export function asciiText(text: string, maxLength: number): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/gu, (sign) => spelledOut[sign] ?? (/[\p{Cc}\p{Z}]/u.test(sign) ? ' ' : '?'))
    .trim()
    .slice(0, maxLength);
}
