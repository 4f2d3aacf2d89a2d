import type { Core } from '../core.ts';
import { setReminders } from './opt-out.ts';
import { selectWriters } from './store.ts';

/** What people write who want no more, in the languages we write to them. The networks' own words come first. */
const stopWords: ReadonlySet<string> = new Set([
  ...['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit'],
  ...['stopp', 'sluta', 'avsluta', 'lopeta', 'avslutt', 'afmeld', 'abmelden'],
]);
const startWords: ReadonlySet<string> = new Set(['start', 'unstop']);

/**
 * Reads an SMS that came back: STOP ends reminders from every tenant that has written to this number by this channel,
 * since they share a sender and it cannot be told whom it was meant for; START takes that back. All else is not for us.
 */
export async function recordReply(
  core: Core,
  reply: { channel: string; from: string; text: string },
): Promise<void> {
  const word = reply.text
    .trim()
    .toLowerCase()
    .replace(/[.!]+$/, '');
  if (!stopWords.has(word) && !startWords.has(word)) return;
  const tenants = await selectWriters(core.database, 'sms', reply.from, reply.channel);
  const contacts = tenants.map((tenantId) => ({ tenantId, medium: 'sms' as const, recipient: reply.from }));
  await setReminders(core, contacts, startWords.has(word));
}
