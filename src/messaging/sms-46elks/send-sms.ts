import type { OutgoingMessage, SendOutcome } from '#kit/channel.ts';
import type { Network } from '#kit/connector.ts';
import { tryExchange } from '#kit/try-exchange.ts';

interface Account {
  readonly username: string;
  readonly password: string;
  readonly from: string;
}

const endpoint = 'https://api.46elks.com/a1/sms';
const maxReasonCharacters = 200;

/** Real answers are below 1 KiB; nothing larger than this is read. */
const maxAnswerBytes = 64 * 1024;

/** "Too many requests": the message was not taken, and may be later. */
const tooMany = 429;

/** A form POST with Basic credentials; the answer is the message as 46elks keeps it, with its id and status. */
export async function sendSms(
  account: Account,
  message: OutgoingMessage,
  network: Network,
): Promise<SendOutcome> {
  const reply = await tryExchange(network, endpoint, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${account.username}:${account.password}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({
      from: account.from,
      to: message.recipient,
      message: message.body,
      ...(message.reportUrl === undefined ? {} : { whendelivered: message.reportUrl }),
    }).toString(),
    maxBytes: maxAnswerBytes,
  });
  if (reply.kind === 'failed') return { kind: 'unknown', detail: reply.detail };
  return readAnswer(reply.status, Buffer.from(reply.body).toString());
}

function readAnswer(status: number, text: string): SendOutcome {
  if (status === tooMany) return { kind: 'deferred', reason: '429 too many requests' };
  if (status >= 400 && status < 500)
    return { kind: 'rejected', reason: `${status} ${text.slice(0, maxReasonCharacters)}` };
  if (status !== 200) return { kind: 'unknown', detail: `HTTP ${status}` };
  const sms = parse(text);
  if (typeof sms?.id !== 'string') return { kind: 'unknown', detail: 'an answer without an id' };
  return sms.status === 'failed'
    ? { kind: 'rejected', reason: 'the network refused it' }
    : { kind: 'accepted', providerReference: sms.id };
}

function parse(text: string): { readonly id?: unknown; readonly status?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
