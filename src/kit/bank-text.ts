/** Text for the wires of banks and clearing houses, which know capitals of ASCII and little else. */

/** Letters that are no letter with an accent. */
const replacements: Readonly<Record<string, string>> = {
  Æ: 'AE',
  Ø: 'O',
  Å: 'A',
  Œ: 'OE',
  Ð: 'D',
  Þ: 'TH',
  Ł: 'L',
  Đ: 'D',
  ẞ: 'SS',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
};

/**
 * Upper-case printable ASCII: letters are transliterated, `* ~ : ^` (separators of X12), line ends and other control
 * characters become spaces, what has no likeness becomes `?`. Runs of spaces are one, and none stand at the ends.
 */
export function toBankText(text: string): string {
  return Array.from(text.toUpperCase().normalize('NFC'), toAscii).join('').replaceAll(/ +/g, ' ').trim();
}

function toAscii(character: string): string {
  const known = replacements[character] ?? character.normalize('NFD').replaceAll(/\p{M}/gu, '');
  if (/^[*~:^]$|^[\p{C}\p{Z}]*$/u.test(known)) return ' ';
  return /^[\x20-\x7e]+$/.test(known) ? known : '?';
}
