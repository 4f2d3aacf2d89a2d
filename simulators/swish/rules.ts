/** What Swish checks of a request before it takes it: the first thing wrong, by its code. */
import { currency } from '#kit/currency.ts';
import { type Money, parseDecimal } from '#kit/money.ts';

export type Body = Readonly<Record<string, unknown>>;

const sek = currency('SEK');

const messagePattern = /^[0-9A-Za-zÅÄÖåäö!?(),.\-:;"@ ]{0,50}$/;

/** Codes that answer a request at once when they stand in its message. */
const refusals: readonly string[] = (
  'FF08 RP03 BE18 RP01 PA02 AM06 AM02 AM03 RP02 RP06 ACMT01 ACMT03 ACMT07 VR01 VR02 ' +
  'RF02 RF03 RF04 RF06 RF08'
).split(' ');

/** Codes with which it ends instead. */
const ends: readonly string[] = 'RF07 BANKIDCL BANKIDONGOING BANKIDUNKN FF10 TM01 DS24'.split(' ');

/** The code in a message that is to be the answer, or undefined. */
export function provokedRefusal(message: string): string | undefined {
  return refusals.find((code) => hasWord(message, code));
}

/** The code in a message that is to be the end, or undefined. */
export function provokedEnd(message: string): string | undefined {
  return ends.find((code) => hasWord(message, code));
}

function hasWord(message: string, code: string): boolean {
  return message.split(/[^0-9A-Za-z]/).includes(code);
}

/** What is wrong with a payment request, or undefined. */
export function refusePayment(body: Body): string | undefined {
  if (!isOptional(body.payeePaymentReference, referencePattern)) return 'FF08';
  if (!isCallbackUrl(body.callbackUrl)) return 'RP03';
  if (!isOptional(body.callbackIdentifier, identifierPattern)) return 'PA01';
  if (!isOptional(body.payerAlias, /^\d{8,15}$/)) return 'BE18';
  if (!matches(body.payeeAlias, /^\d{10}$/)) return 'RP01';
  return refuseMoney(body) ?? refuseMessage(body);
}

/** What is wrong with a refund as such, or undefined. Whether there is anything to refund is not asked here. */
export function refuseRefund(body: Body): string | undefined {
  if (!isOptional(body.payerPaymentReference, referencePattern)) return 'FF08';
  if (!isCallbackUrl(body.callbackUrl)) return 'RP03';
  if (!isOptional(body.callbackIdentifier, identifierPattern)) return 'PA01';
  if (!matches(body.payerAlias, /^\d{10}$/)) return 'RP01';
  return refuseMoney(body) ?? refuseMessage(body);
}

/** The amount of a request that was found right. */
export function readAmount({ amount }: Body): Money {
  const read = parseDecimal(String(amount), sek);
  if (typeof read === 'string') throw new Error(`an amount that is ${read} was let through`);
  return read;
}

export function textOf(body: Body, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}

const referencePattern = /^[0-9A-Za-z-]{1,35}$/;
const identifierPattern = /^[0-9A-Za-z-]{32,36}$/;

function refuseMoney(body: Body): string | undefined {
  if (body.currency !== 'SEK') return 'AM03';
  const read = parseDecimal(String(body.amount ?? ''), sek);
  if (read === 'not positive') return 'AM06';
  if (read === 'too large') return 'AM02';
  return typeof read === 'string' ? 'PA02' : undefined;
}

function refuseMessage(body: Body): string | undefined {
  return isOptional(body.message, messagePattern) ? undefined : 'RP02';
}

/** Swish wants TLS; a merchant on this very machine has none. */
function isCallbackUrl(value: unknown): boolean {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (url === null) return false;
  return url.protocol === 'https:' || ['localhost', '127.0.0.1'].includes(url.hostname);
}

function isOptional(value: unknown, pattern: RegExp): boolean {
  return value === undefined || matches(value, pattern);
}

function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}
