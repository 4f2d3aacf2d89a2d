import type { OutgoingMessage, SendOutcome } from '#kit/channel.ts';
import type { Network } from '#kit/connector.ts';
import { tryExchange } from '#kit/try-exchange.ts';

interface Account {
  readonly accountSid: string;
  readonly authToken: string;
  readonly from: string;
}

const maxReasonCharacters = 200;

/** Real answers are below 2 KiB; nothing larger than this is read. */
const maxAnswerBytes = 64 * 1024;

/** "Too many requests": the message was not taken, and may be later. */
const tooMany = 429;

/** A form POST with Basic credentials; the answer is the message as Twilio keeps it, with its SID and status. */
export async function sendSms(
  account: Account,
  message: OutgoingMessage,
  network: Network,
): Promise<SendOutcome> {
  const { accountSid, authToken, from } = account;
  const url = `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages.json`;
  const reply = await tryExchange(network, url, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({
      From: from,
      To: message.recipient,
      Body: message.body,
      ...(message.reportUrl === undefined ? {} : { StatusCallback: message.reportUrl }),
    }).toString(),
    maxBytes: maxAnswerBytes,
  });
  if (reply.kind === 'failed') return { kind: 'unknown', detail: reply.detail };
  return readAnswer(reply.status, Buffer.from(reply.body).toString());
}

function readAnswer(status: number, text: string): SendOutcome {
  const answer = parse(text);
  if (status === tooMany) return { kind: 'deferred', reason: '429 too many requests' };
  if (status >= 400 && status < 500) return { kind: 'rejected', reason: reasonOf(status, answer) };
  if (status !== 201 && status !== 200) return { kind: 'unknown', detail: `HTTP ${status}` };
  if (typeof answer?.sid !== 'string') return { kind: 'unknown', detail: 'an answer without a SID' };
  return answer.status === 'failed' || answer.status === 'undelivered' || answer.status === 'canceled'
    ? { kind: 'rejected', reason: `the message is ${answer.status}` }
    : { kind: 'accepted', providerReference: answer.sid };
}

interface TwilioAnswer {
  readonly sid?: unknown;
  readonly status?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
}

/** Twilio's own error code tells more than the status: 21211 is no number, 21610 one that has said STOP. */
function reasonOf(status: number, answer: TwilioAnswer | undefined): string {
  const parts = [status, answer?.code, answer?.message].filter((part) => part !== undefined && part !== null);
  return parts.join(' ').slice(0, maxReasonCharacters);
}

function parse(text: string): TwilioAnswer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
