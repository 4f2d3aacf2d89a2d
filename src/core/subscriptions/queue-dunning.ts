import type { Transaction } from '#db/database.ts';
import { localDate } from '#kit/calendar.ts';
import { formatMoney } from '#kit/format-money.ts';
import { money } from '#kit/money.ts';
import type { Core } from '../core.ts';
import { notifyCustomer } from './notify-customer.ts';
import { type Attempt, cycleAmount, type Subscription } from './subscription.ts';

/**
 * Tells the customer that a cycle could not be taken, and what happens next: by the outcome, in the transaction that
 * books it, once for each attempt.
 */
export async function queueDunning(
  core: Core,
  transaction: Transaction,
  subscription: Subscription,
  attempt: Attempt,
  at: Date,
): Promise<void> {
  const { description, dueAt, zone } = subscription;
  const { minor, currency } = cycleAmount(subscription, attempt.cycle);
  const amount = formatMoney(money(minor, currency), locale);
  const next =
    dueAt === null ? 'No further attempt is made.' : `The next attempt is on ${localDate(dueAt, zone)}.`;
  await notifyCustomer(core, transaction, subscription, {
    subject: `Payment for ${description} failed`,
    text: `${description}: the payment of ${amount} failed. ${next} Change the card or pay now`,
    key: `dunning:${subscription.id}:${attempt.cycle}:${attempt.attempt}`,
    at,
  });
}

const locale = 'en-AU';
