import type { Queryable } from '#db/database.ts';
import type { LinkId, TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { Contact } from './opt-out.ts';
import { selectInvited, selectRecipients } from './store.ts';

/** To whom the link was last sent, by each medium it was sent by: those who may be reminded of it. */
export async function readInvited(
  queryable: Queryable,
  tenantId: TenantId,
  linkId: LinkId,
): Promise<readonly Contact[]> {
  return selectInvited(queryable, tenantId, linkId);
}

/** Everybody the link was ever sent to. */
export async function readRecipients(
  core: Pick<Core, 'database'>,
  tenantId: TenantId,
  linkId: LinkId,
): Promise<readonly Contact[]> {
  return selectRecipients(core.database, tenantId, linkId);
}
