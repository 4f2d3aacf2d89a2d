/** What a tenant says of a Swish payment in this dialect (facts A7), checked before anything is stored. */
import { invalid } from '#kit/errors.ts';
import { normalisePhone } from '#kit/phone.ts';

type Given = Readonly<Record<string, unknown>> | undefined;

/** Ping's rule, which is Swish's. */
const messagePattern = /^[0-9A-Za-zÅÄÖåäö!?(),.\-:;"@ ]{0,50}$/;

const formats = ['transparent_svg', 'transparent_png', 'solid_svg', 'solid_png', 'solid_jpg'] as const;

type CodeFormat = (typeof formats)[number];

/** How a code to scan is wished for. */
export interface CodeWish {
  readonly format: CodeFormat;
  readonly size: number;
  readonly border: number;
}

/** Ping's default and least width, in pixels, and the most we draw: others wait while a picture is made. */
const codePixels = { least: 300, most: 1_000 } as const;

/** Our widest border, in modules. */
const maxBorder = 20;

/** Throws `validation_failed` at `property` where a message cannot go to Swish. */
export function requireMessage(property: string, message: unknown): void {
  if (message === undefined || (typeof message === 'string' && messagePattern.test(message))) return;
  throw invalid(
    property,
    'invalid_format',
    'at most 50 characters of 0-9 A-Z a-z Å Ä Ö å ä ö ! ? ( ) , . - : ; " @ and space',
  );
}

/**
 * The parameters of a payment by Swish. `e_commerce` needs the payer's phone number; with `m_commerce` whoever has the
 * token pays; `mobile` is the one or the other by whether there is a number (decision E-4).
 */
export function readSwishParameters(
  given: Given,
  { method, country, property }: { method: string; country: string; property: string },
): Record<string, string> {
  requireMessage(`${property}.message`, given?.message);
  const message = typeof given?.message === 'string' ? { message: given.message } : {};
  const phone = method === 'm_commerce' ? undefined : given?.phone_number;
  if (phone === undefined) {
    if (method !== 'e_commerce') return message;
    throw invalid(`${property}.phone_number`, 'missing_field', 'phone_number is required');
  }
  return { ...message, phone_number: readPhone(`${property}.phone_number`, phone, country) };
}

/** A phone number in E.164. Throws `validation_failed` at `property` where it is none. */
export function readPhone(property: string, phone: unknown, country: string): string {
  const number = typeof phone === 'string' ? normalisePhone(phone, country) : undefined;
  if (number === undefined) throw invalid(property, 'invalid_format', 'must be a phone number');
  return number;
}

/** The code that is wished for with the answer, where one is. */
export function readCodeWish(given: Given, property: string): CodeWish | undefined {
  const { use_qr_code: wanted, qr_format: format, qr_size: size, qr_border: border } = given ?? {};
  if (wanted !== undefined && typeof wanted !== 'boolean')
    throw invalid(`${property}.use_qr_code`, 'invalid_type', 'must be true or false');
  const known = format === undefined ? formats[0] : formats.find((one) => one === format);
  if (known === undefined)
    throw invalid(`${property}.qr_format`, 'invalid_enum', `must be one of ${formats.join(', ')}`);
  const wish = {
    format: known,
    size: readInteger(`${property}.qr_size`, size, codePixels.least, codePixels),
    border: readInteger(`${property}.qr_border`, border, 0, { least: 0, most: maxBorder }),
  };
  return wanted === true ? wish : undefined;
}

function readInteger(
  property: string,
  value: unknown,
  usual: number,
  { least, most }: { least: number; most: number },
): number {
  if (value === undefined) return usual;
  // The SDKs send numbers; the vendor's own samples have them as text, too.
  const text = String(value);
  const number = /^\d{1,6}$/.test(text) ? Number.parseInt(text, 10) : undefined;
  if (number === undefined) throw invalid(property, 'invalid_type', 'must be a whole number');
  if (number < least || number > most)
    throw invalid(property, 'out_of_range', `must be between ${least} and ${most}`);
  return number;
}
