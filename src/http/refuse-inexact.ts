import { type CoreError, invalid } from '#kit/errors.ts';

/** Texts, so that digits in them are passed over, and numbers. */
const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Every decimal number of so many digits survives being a double (IEEE 754, `DBL_DIG`). */
const exactDigits = 15;

/**
 * What is wrong with JSON whose numbers would not be read as they are written: whole ones beyond 2⁵³, and others with
 * more digits than a double keeps. Judged on the text, because afterwards nothing shows that they were altered.
 */
export function refuseInexact(text: string): CoreError | undefined {
  for (const [token] of text.matchAll(tokens)) {
    if (token.startsWith('"') || isExact(token)) continue;
    return invalid('body', 'out_of_range', `the number ${token.slice(0, 40)} cannot be read exactly`);
  }
  return undefined;
}

function isExact(number: string): boolean {
  if (/^-?\d+$/.test(number)) return Number.isSafeInteger(Number(number));
  const [significand = ''] = number.split(/[eE]/);
  const digits = significand.replace(/^-?[0.]*/, '').replace('.', '').length;
  return digits <= exactDigits && Number.isFinite(Number(number));
}
