import type { Transaction } from '#db/database.ts';
import { later } from '#kit/clock.ts';
import type { TenantId } from '#kit/ids.ts';
import { findLanguage } from '#kit/language.ts';
import type { Core } from '../core.ts';
import { wantingReminders } from '../messages/opt-out.ts';
import { queueMessage } from '../messages/queue-message.ts';
import { readInvited } from '../messages/read-contacts.ts';
import { messageTextsOf } from '../messages/texts.ts';
import { readTenant } from '../tenants/read-tenant.ts';
import { businessNow } from '../tenants/tenant.ts';
import { composeInvitation, payerUrl } from './compose-invitation.ts';
import { isPayable, type Link } from './link.ts';
import { dueReminder, nextReminder } from './reminder-schedule.ts';
import { lockDueLinks, updateNextReminder } from './store.ts';

/** Links reminded of in one transaction. */
const batchSize = 100;

/** Somebody who is paying just now is not reminded to; whether they did is looked at again after this. */
const whilePayingMs = 60 * 60_000;

/**
 * Queues the reminders that are due, in their tenant's time, and answers of how many links. The link is held
 * meanwhile, as it is by whatever pays, withdraws or expires it: a reminder is written before that, or never.
 */
export async function remindPayers(core: Core, tenantId?: TenantId): Promise<number> {
  return core.database.transaction(async (transaction) => {
    const links = await lockDueLinks(transaction, 'next_reminder_at', {
      wallNow: core.clock.now(),
      limit: batchSize,
      tenantId: tenantId ?? null,
    });
    for (const link of links) await remind(core, transaction, link);
    return links.length;
  });
}

async function remind(core: Core, transaction: Transaction, link: Link): Promise<void> {
  const tenant = await readTenant({ database: transaction }, link.tenantId);
  const now = businessNow(core.clock, tenant);
  if (!isPayable(link, now)) return updateNextReminder(transaction, link, null);
  if (link.activePaymentId !== null) return updateNextReminder(transaction, link, later(now, whilePayingMs));
  const day = dueReminder(tenant, link.dueDate, now);
  if (day !== undefined) {
    const invited = await readInvited(transaction, link.tenantId, link.id);
    const means = { pepper: core.pepper, database: transaction };
    for (const { medium, recipient } of await wantingReminders(means, link.tenantId, invited)) {
      await queueMessage(core, transaction, {
        tenantId: link.tenantId,
        medium,
        kind: 'reminder',
        recipient,
        ...composeReminder(core, { tenant, link, medium, occasion: day > 0 ? 'overdue' : 'reminder' }),
        linkId: link.id,
        requestKey: `remind:${link.id}:${day}:${medium}`,
        createdAt: now,
      });
    }
  }
  await updateNextReminder(transaction, link, nextReminder(tenant, link.dueDate, now));
}

/** A reminder says, besides, where reminders are turned off: an SMS by the page it leads to, an e-mail at its foot. */
function composeReminder(
  core: Core,
  about: Parameters<typeof composeInvitation>[1],
): ReturnType<typeof composeInvitation> & { optOutUrl: string } {
  const { subject, body } = composeInvitation(core, about);
  const optOutUrl = `${payerUrl(core, about.link)}/reminders`;
  if (about.medium === 'sms') return { subject, body, optOutUrl };
  return { subject, body: `${body}\n${turnOffOf(about.link)}\n${optOutUrl}\n`, optOutUrl };
}

function turnOffOf({ particulars }: Link): string {
  return messageTextsOf(findLanguage(particulars.language) ?? 'en').turnOff;
}
