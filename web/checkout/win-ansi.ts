/** What Windows code page 1252 has above ASCII and Latin-1; PDF's standard fonts know these characters and no others. */
const beyondLatin1 = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';

const replacements: Readonly<Record<string, string>> = {
  '\u2212': '–',
  '\u202f': '\u00a0',
  '\u2009': '\u00a0',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'Ð',
  ı: 'i',
  '\t': ' ',
};

/**
 * The nearest text that PDF's standard fonts can set: accents they lack are dropped, other scripts become `?`, control
 * characters vanish.
 */
export function toWinAnsi(text: string): string {
  return Array.from(text.normalize('NFC'), (character) => {
    const known = replacements[character] ?? character;
    if (isSettable(known)) return known;
    if (/\p{C}/u.test(known)) return '';
    const bare = known.normalize('NFD').replace(/\p{M}/gu, '');
    return isSettable(bare) ? bare : '?';
  }).join('');
}

function isSettable(text: string): boolean {
  return Array.from(text).every(
    (character) => /[\u0020-\u007e\u00a0-\u00ff]/.test(character) || beyondLatin1.includes(character),
  );
}
