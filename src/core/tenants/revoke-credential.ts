import { notFound } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { updateCredentialEnd } from './store.ts';
import type { Tenant } from './tenant.ts';

/** Ends a credential at once. Ending it again changes nothing. */
export async function revokeCredential(core: Core, tenant: Tenant, id: string): Promise<void> {
  const end = { expiresAt: null, revokedAt: core.clock.now() };
  const known = isUuid(id) && (await updateCredentialEnd(core.database, tenant.id, id, end));
  if (!known) throw notFound('credential');
}
