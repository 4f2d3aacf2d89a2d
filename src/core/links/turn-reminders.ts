import type { Core } from '../core.ts';
import { setReminders, wantingReminders } from '../messages/opt-out.ts';
import { readRecipients } from '../messages/read-contacts.ts';
import type { Link } from './link.ts';

/** Whether anybody this link was sent to still wants the tenant's reminders; undefined where it was sent to nobody. */
export async function readReminders(core: Core, link: Link): Promise<boolean | undefined> {
  const contacts = await readRecipients(core, link.tenantId, link.id);
  if (contacts.length === 0) return undefined;
  return (await wantingReminders(core, link.tenantId, contacts)).length > 0;
}

/**
 * Turns the tenant's reminders off, or on again, for everybody this link was sent to: who holds the link may say so. It
 * concerns all of the tenant's links, and no message that the tenant asks for itself.
 */
export async function turnReminders(core: Core, link: Link, wanted: boolean): Promise<void> {
  const contacts = await readRecipients(core, link.tenantId, link.id);
  await setReminders(
    core,
    contacts.map((contact) => ({ ...contact, tenantId: link.tenantId })),
    wanted,
  );
}
