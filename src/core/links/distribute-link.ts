import type { Transaction } from '#db/database.ts';
import { localDate } from '#kit/calendar.ts';
import type { Medium } from '#kit/channel.ts';
import { isEmail } from '#kit/email.ts';
import { CoreError, invalid, notFound } from '#kit/errors.ts';
import { isUuid, type LinkId, type TenantId } from '#kit/ids.ts';
import { normalisePhone } from '#kit/phone.ts';
import type { Answer, Call, Core } from '../core.ts';
import { readCustomers } from '../customers/read-customers.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { queueMessage } from '../messages/queue-message.ts';
import { readTenant } from '../tenants/read-tenant.ts';
import { businessNow, type Tenant } from '../tenants/tenant.ts';
import { composeInvitation } from './compose-invitation.ts';
import { isPayable, type Link } from './link.ts';
import { nextReminder } from './reminder-schedule.ts';
import { lockLink, updateDistribution, updateNextReminder } from './store.ts';

export interface DistributeInput {
  readonly linkId: string;
  readonly media: readonly Medium[];
  /** Override what the link knows of its customer. */
  readonly email?: string;
  readonly phone?: string;
}

/**
 * Sends the payer the link, by SMS, e-mail or both: one message for each medium and request. From then on the payer is
 * reminded as the tenant's settings say. `operation_forbidden` once the link is over; `validation_failed` on `customer_phone` or `customer_email` where there is nowhere to send it.
 */
export async function distributeLink(
  core: Core,
  call: Call,
  input: DistributeInput,
): Promise<Answer<Record<string, never>>> {
  return runOnce(core, call, async (transaction) => {
    const link = isUuid(input.linkId)
      ? await lockLink(transaction, call.tenant.id, input.linkId as LinkId)
      : undefined;
    if (link === undefined) throw notFound('payment link');
    if (!isPayable(link, businessNow(core.clock, call.tenant))) {
      throw new CoreError('operation_forbidden', 'The payment link can no longer be paid.');
    }
    await invite(core, transaction, call, link, input);
    return {};
  });
}

async function invite(
  core: Core,
  transaction: Transaction,
  call: Call,
  link: Link,
  input: DistributeInput,
): Promise<void> {
  const customer = (await readCustomers(transaction, link.tenantId, [link.customerId])).get(link.customerId);
  const recipients = {
    sms: () => phoneOf(call, input.phone ?? customer?.phone ?? undefined),
    email: () => emailOf(input.email ?? customer?.email ?? undefined),
  } satisfies Record<Medium, () => string>;
  await queueInvitations(core, transaction, [
    {
      link,
      request: call.idempotency?.key ?? core.ids.uuid(),
      recipients: [...new Set(input.media)].map((medium) => ({ medium, recipient: recipients[medium]() })),
    },
  ]);
}

export interface Invitation {
  readonly link: Link;
  /** The same request queues each message once. */
  readonly request: string;
  readonly recipients: readonly { readonly medium: Medium; readonly recipient: string }[];
}

/** Writes the messages with links' addresses, one for each recipient. */
export async function queueInvitations(
  core: Core,
  transaction: Transaction,
  invitations: readonly Invitation[],
): Promise<void> {
  // What the caller was authenticated with may be a minute old; what the tenant last said of reminders counts.
  const tenants = new Map<TenantId, Tenant>();
  for (const tenantId of new Set(invitations.map(({ link }) => link.tenantId)))
    tenants.set(tenantId, await readTenant({ database: transaction }, tenantId));
  for (const invitation of invitations) {
    const tenant = tenants.get(invitation.link.tenantId);
    if (tenant !== undefined) await queueInvitation(core, transaction, tenant, invitation);
  }
}

async function queueInvitation(
  core: Core,
  transaction: Transaction,
  tenant: Tenant,
  { link, request, recipients }: Invitation,
): Promise<void> {
  const now = businessNow(core.clock, tenant);
  const isOverdue = link.dueDate !== null && link.dueDate < localDate(now, tenant.zone);
  const occasion = isOverdue ? 'overdue' : 'invitation';
  for (const { medium, recipient } of recipients) {
    await queueMessage(core, transaction, {
      tenantId: link.tenantId,
      medium,
      kind: 'invitation',
      recipient,
      ...composeInvitation(core, { tenant, link, medium, occasion }),
      optOutUrl: null,
      linkId: link.id,
      requestKey: `distribute:${link.id}:${request}:${medium}`,
      createdAt: now,
    });
  }
  await updateNextReminder(transaction, link, nextReminder(tenant, link.dueDate, now));
  await updateDistribution(transaction, link.tenantId, link.id, distributionBy(recipients));
}

/** What is known of a link's sending once its messages wait to be sent. */
export function distributionBy(recipients: Invitation['recipients']) {
  const isSentBy = (medium: Medium) => recipients.some((one) => one.medium === medium);
  return { smsStatus: isSentBy('sms') ? ('created' as const) : null, byEmail: isSentBy('email') };
}

function phoneOf(call: Call, text: string | undefined): string {
  const phone = text === undefined ? undefined : normalisePhone(text, call.tenant.country);
  if (phone !== undefined) return phone;
  throw invalid(
    'customer_phone',
    text === undefined ? 'missing_field' : 'invalid_format',
    'A phone number to send the SMS to is needed.',
  );
}

function emailOf(text: string | undefined): string {
  if (text !== undefined && isEmail(text)) return text;
  throw invalid(
    'customer_email',
    text === undefined ? 'missing_field' : 'invalid_format',
    'An address to send the e-mail to is needed.',
  );
}
