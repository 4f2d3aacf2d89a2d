import type { Transaction } from '#db/database.ts';
import { isEmail } from '#kit/email.ts';
import { normalisePhone } from '#kit/phone.ts';
import type { Core } from '../core.ts';
import type { Customer } from '../customers/customer.ts';
import { readCustomers } from '../customers/read-customers.ts';
import { queueMessage } from '../messages/queue-message.ts';
import type { Subscription } from './subscription.ts';

/** Where a number without a country code is read, after the country of the customer's address. */
const usualCountry = 'AU';

/**
 * Queues a message to a plan's customer with the address of the plan's page: an SMS where there is a telephone number,
 * else an e-mail, else nothing. The same key queues it once.
 */
export async function notifyCustomer(
  core: Core,
  transaction: Transaction,
  subscription: Pick<Subscription, 'tenantId' | 'customerId' | 'token'>,
  message: { subject: string; text: string; key: string; at: Date },
): Promise<void> {
  const { tenantId, customerId } = subscription;
  const customer = (await readCustomers(transaction, tenantId, [customerId])).get(customerId);
  const way = customer === undefined ? undefined : reach(customer);
  if (way === undefined) return;
  // A no-break space is not in the alphabet of an SMS and would make it cost double.
  const body = `${message.text}: ${planUrl(core, subscription)}`.replaceAll('\u00a0', ' ');
  await queueMessage(core, transaction, {
    tenantId,
    ...way,
    subject: way.medium === 'email' ? message.subject : null,
    body,
    kind: 'reminder',
    // That a payment failed is told to whoever turned reminders of bills off, too.
    optOutUrl: null,
    linkId: null,
    requestKey: message.key,
    createdAt: message.at,
  });
}

/** Where the customer looks after the plan. */
export function planUrl(core: Pick<Core, 'publicUrl'>, { token }: Pick<Subscription, 'token'>): string {
  return `${core.publicUrl}/plan/${token}`;
}

function reach({
  phone,
  email,
  address,
}: Customer): { medium: 'sms' | 'email'; recipient: string } | undefined {
  const countries = [address?.Country ?? '', usualCountry];
  const numbers = countries.map((country) => (phone === null ? undefined : normalisePhone(phone, country)));
  const number = numbers.find((one) => one !== undefined);
  if (number !== undefined) return { medium: 'sms', recipient: number };
  return email !== null && isEmail(email) ? { medium: 'email', recipient: email } : undefined;
}
