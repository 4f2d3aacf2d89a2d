/** Swish's own limit. */
const maxCharacters = 50;

const foreign = /[^0-9A-Za-zÅÄÖåäö!?(),.\-:;"@ ]/gu;

/** The nearest text that Swish takes as a message: other signs lose their marks, or become spaces. */
export function toMessage(text: string): string {
  const plain = text
    .normalize('NFC')
    .replace(foreign, (sign) => sign.normalize('NFKD').replace(/\p{M}/gu, ''))
    .replace(foreign, ' ')
    .replace(/ +/g, ' ');
  return plain.trim().slice(0, maxCharacters).trim();
}
