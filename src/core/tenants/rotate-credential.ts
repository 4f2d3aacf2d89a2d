import { later } from '#kit/clock.ts';
import { notFound } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { createCredential } from './create-credential.ts';
import type { Credential } from './credential.ts';
import { selectCredentials, updateCredentialEnd } from './store.ts';
import type { Tenant } from './tenant.ts';

/**
 * Makes a credential to take an old one's place. Both work until `overlapMs` from now, so that no request fails while
 * the new secret is rolled out.
 */
export async function rotateCredential(
  core: Core,
  tenant: Tenant,
  id: string,
  overlapMs: number,
): Promise<{ credential: Credential; secret: string }> {
  const old = await findCredential(core, tenant, id);
  const made = await createCredential(core, tenant, {
    facade: old.facade,
    lookup: old.lookup,
    label: old.label,
  });
  await updateCredentialEnd(core.database, tenant.id, old.id, {
    expiresAt: later(core.clock.now(), overlapMs),
    revokedAt: null,
  });
  return made;
}

/** Ends a credential at once. */
export async function revokeCredential(core: Core, tenant: Tenant, id: string): Promise<void> {
  const old = await findCredential(core, tenant, id);
  await updateCredentialEnd(core.database, tenant.id, old.id, {
    expiresAt: null,
    revokedAt: core.clock.now(),
  });
}

/** The tenant's credentials, newest first, without their secrets. */
export async function listCredentials(core: Core, tenant: Tenant): Promise<Credential[]> {
  return selectCredentials(core.database, tenant.id);
}

async function findCredential(core: Core, tenant: Tenant, id: string): Promise<Credential> {
  const found = isUuid(id)
    ? (await selectCredentials(core.database, tenant.id)).find((one) => one.id === id)
    : undefined;
  if (found === undefined || found.revokedAt !== null) throw notFound('credential');
  return found;
}
