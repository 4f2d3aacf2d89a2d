const maxCharacters = 254;
const maxLocalCharacters = 64;
const localPattern = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+$/;
const labelPattern = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]{0,62}$/u;
const digits = /^\d+$/;

/**
 * Whether the text is an e-mail address as people have them: an unquoted local part and a domain of at least two
 * labels, international ones included (RFC 5321 lengths). Takes time linear in the text.
 */
export function isEmail(text: string): boolean {
  if (text.length > maxCharacters) return false;
  const at = text.indexOf('@');
  return at > 0 && isLocalPart(text.slice(0, at)) && isDomain(text.slice(at + 1));
}

function isLocalPart(text: string): boolean {
  return text.length <= maxLocalCharacters && text.split('.').every((atom) => localPattern.test(atom));
}

function isDomain(text: string): boolean {
  const labels = text.split('.');
  const top = labels.at(-1) ?? '';
  return labels.length >= 2 && labels.every(isLabel) && !digits.test(top);
}

function isLabel(label: string): boolean {
  return labelPattern.test(label) && !label.endsWith('-');
}
