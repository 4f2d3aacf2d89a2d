import { setTimeout as wait } from 'node:timers/promises';
import type { OutgoingMessage, SendOutcome } from '#kit/channel.ts';
import { isEmail } from '#kit/email.ts';
import { renderHtml } from './render-html.ts';
import type { SmtpSettings } from './settings.ts';

/** Hands one e-mail, as text and as simple HTML, to the server on a connection of its own. */
export async function sendMail(
  settings: SmtpSettings,
  message: OutgoingMessage,
  timeoutMs: number,
): Promise<SendOutcome> {
  if (!isEmail(message.recipient))
    return { kind: 'rejected', reason: 'the recipient is not an e-mail address' };
  const ended = new AbortController();
  const late = wait(timeoutMs, undefined, { signal: ended.signal }).then(
    (): SendOutcome => ({ kind: 'unknown', detail: 'no answer in time' }),
    (): SendOutcome => ({ kind: 'unknown', detail: 'ended' }),
  );
  try {
    return await Promise.race([handOver(settings, message, timeoutMs), late]);
  } finally {
    ended.abort();
  }
}

async function handOver(
  settings: SmtpSettings,
  message: OutgoingMessage,
  timeoutMs: number,
): Promise<SendOutcome> {
  try {
    const transport = await openTransport(settings, timeoutMs);
    const { response } = await transport.sendMail({
      from: settings.from,
      to: { name: '', address: message.recipient },
      subject: message.subject ?? '',
      text: message.body,
      html: renderHtml(message.body),
      messageId: messageIdOf(settings, message),
      headers: { 'Auto-Submitted': 'auto-generated', ...optOutHeaders(message) },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return { kind: 'accepted', providerReference: response };
  } catch (error) {
    return outcomeOf(error as SmtpError);
  }
}

/** What mail programs make a button of (RFC 2369, RFC 8058). */
function optOutHeaders({ optOutUrl }: OutgoingMessage): Record<string, string> {
  if (optOutUrl === undefined) return {};
  return { 'List-Unsubscribe': `<${optOutUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}

async function openTransport({ host, port, security, login }: SmtpSettings, timeoutMs: number) {
  // Only where mail is sent: it takes a quarter of a second of every start, and megabytes of every process.
  const { createTransport } = await import('nodemailer');
  return createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(login !== undefined && { auth: { user: login.user, pass: login.password } }),
    // Shorter than the whole, so that a server that is not there is told apart from one that fell silent later.
    dnsTimeout: timeoutMs / 2,
    connectionTimeout: timeoutMs / 2,
    greetingTimeout: timeoutMs / 2,
    socketTimeout: timeoutMs,
  });
}

/** The same for a message however often it is sent, so that a mailbox can show it once. */
function messageIdOf({ from }: SmtpSettings, { id }: OutgoingMessage): string {
  return `<${id}@${from.slice(from.indexOf('@') + 1)}>`;
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  readonly syscall?: string;
  readonly timeoutType?: string;
}

/** Failures that come before the message itself is sent: names, connection, TLS, login, envelope. */
const beforeMessageCodes: ReadonlySet<unknown> = new Set([
  'EDNS',
  'ETLS',
  'EREQUIRETLS',
  'EAUTH',
  'EENVELOPE',
]);
const beforeMessageTimeouts: ReadonlySet<unknown> = new Set(['CONNECTION_TIMEOUT', 'GREETING_TIMEOUT']);

/** 421 is said by a server that goes away, at any moment, and so answers nothing. */
const goingAway = 421;

/** From here on a refusal is for good (RFC 5321, 4.2.1). */
const permanent = 500;

function outcomeOf({ code, responseCode, syscall, timeoutType }: SmtpError): SendOutcome {
  const about = [code, responseCode].filter((part) => part !== undefined && part !== goingAway).join(' ');
  const answered = responseCode !== undefined && responseCode !== goingAway;
  const nothingSent =
    beforeMessageCodes.has(code) || beforeMessageTimeouts.has(timeoutType) || syscall === 'connect';
  if (!answered && !nothingSent) return { kind: 'unknown', detail: `the mail server was lost: ${about}` };
  const isAboutTheMessage = code === 'EENVELOPE' || code === 'EMESSAGE';
  return isAboutTheMessage && responseCode !== undefined && responseCode >= permanent
    ? { kind: 'rejected', reason: `the mail server refused: ${about}` }
    : { kind: 'deferred', reason: `the mail server did not take it: ${about}` };
}
