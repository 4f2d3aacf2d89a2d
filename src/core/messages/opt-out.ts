/** Who wants no more reminders from whom. Kept as a digest of the address, which outlives the address itself. */
import type { Queryable } from '#db/database.ts';
import type { Medium } from '#kit/channel.ts';
import type { TenantId } from '#kit/ids.ts';
import { hashToken } from '#kit/secrets.ts';
import type { Core } from '../core.ts';
import { deleteOptOuts, selectOptOuts, upsertOptOuts } from './store.ts';

export interface Contact {
  readonly medium: Medium;
  /** E.164 number or e-mail address. */
  readonly recipient: string;
}

type Means = Pick<Core, 'pepper' | 'clock'> & { readonly database: Queryable };

/** Whether reminders may be sent to these contacts of a tenant, from now on. Saying so again changes nothing. */
export async function setReminders(
  core: Means,
  contacts: readonly (Contact & { readonly tenantId: TenantId })[],
  wanted: boolean,
): Promise<void> {
  if (contacts.length === 0) return;
  const rows = contacts.map(({ tenantId, ...contact }) => ({
    tenantId,
    medium: contact.medium,
    digest: digestOf(core, contact),
  }));
  if (wanted) await deleteOptOuts(core.database, rows);
  else await upsertOptOuts(core.database, rows, core.clock.now());
}

/** Those of the contacts that still want reminders from this tenant. */
export async function wantingReminders<Known extends Contact>(
  core: Pick<Core, 'pepper'> & { readonly database: Queryable },
  tenantId: TenantId,
  contacts: readonly Known[],
): Promise<readonly Known[]> {
  if (contacts.length === 0) return [];
  const digests = contacts.map((contact) => digestOf(core, contact));
  const out = await selectOptOuts(core.database, tenantId, digests);
  return contacts.filter((_, index) => !out.some((one) => digests[index]?.equals(one)));
}

/** Letters of an e-mail address are one whatever their case: nobody has two mailboxes that differ by it. */
function digestOf({ pepper }: Pick<Core, 'pepper'>, { medium, recipient }: Contact): Buffer {
  return hashToken(pepper, `opt-out:${medium}:${recipient.toLowerCase()}`);
}
