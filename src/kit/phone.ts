import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';

/**
 * The number in E.164 (`+46700000000`), or undefined where the text is not a telephone number. A number without a
 * country code is read as one of `defaultCountry` (ISO 3166-1, `SE`). Only length and form are checked: whether a
 * number is in use changes faster than any table of prefixes.
 */
export function normalisePhone(text: string, defaultCountry: string): string | undefined {
  if (!isSupportedCountry(defaultCountry)) return undefined;
  return parse(text, defaultCountry);
}

/** The longest way of writing fifteen digits that anyone uses; longer text is not read at all. */
const maxCharacters = 40;

function parse(text: string, defaultCountry: CountryCode): string | undefined {
  if (text.length > maxCharacters) return undefined;
  const number = parsePhoneNumberFromString(text, { defaultCountry, extract: false });
  return number?.isPossible() && number.ext === undefined ? number.number : undefined;
}
