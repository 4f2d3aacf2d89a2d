import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ProviderRequest, Report } from '#kit/channel.ts';

/** What each `MessageStatus` of a status callback means to us ("Track outbound message status"). */
const meanings: ReadonlyMap<string, 'delivered' | 'failed'> = new Map([
  ['delivered', 'delivered'],
  // Only channels with read receipts say so, and only of what has arrived.
  ['read', 'delivered'],
  ['undelivered', 'failed'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
]);

const maxDetailCharacters = 100;

/** A status callback, or an SMS that came in; undefined where Twilio has not signed it. */
export function readReport(
  account: { readonly authToken: string },
  request: ProviderRequest,
): Report | undefined {
  if (!isSigned(account.authToken, request)) return undefined;
  const { form } = request;
  if (form.MessageStatus === undefined)
    return form.From === undefined
      ? { kind: 'progress' }
      : { kind: 'reply', from: form.From, text: form.Body ?? '' };
  const meaning = meanings.get(form.MessageStatus);
  if (meaning === undefined) return { kind: 'progress' };
  if (meaning === 'delivered') return { kind: 'delivered' };
  const code = form.ErrorCode === undefined ? '' : ` ${form.ErrorCode}`;
  return { kind: 'failed', detail: `${form.MessageStatus}${code}`.slice(0, maxDetailCharacters) };
}

/**
 * `X-Twilio-Signature`: base64 of HMAC-SHA1, under the auth token, over the address followed by every form field, name
 * and value, in the order of their names ("Validating requests are coming from Twilio").
 */
function isSigned(authToken: string, { url, headers, form }: ProviderRequest): boolean {
  const fields = Object.entries(form).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const signed = url + fields.map(([name, value]) => name + value).join('');
  const expected = createHmac('sha1', authToken).update(signed).digest();
  const given = Buffer.from(headers['x-twilio-signature'] ?? '', 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
