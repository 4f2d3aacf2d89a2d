import { notFound } from '#kit/errors.ts';
import { type CredentialId, isUuid } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import type { Credential } from './credential.ts';
import { selectCredential, selectCredentials } from './store.ts';
import type { Tenant } from './tenant.ts';

type Means = Pick<Core, 'database'>;

/** The tenant's credentials, newest first, those that are over included. */
export async function listCredentials(core: Means, tenant: Pick<Tenant, 'id'>): Promise<Credential[]> {
  return selectCredentials(core.database, tenant.id);
}

/** One of the tenant's credentials. An unknown id and another tenant's are the same `not_found`. */
export async function readCredential(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  id: string,
): Promise<Credential> {
  const found = isUuid(id) ? await selectCredential(core.database, tenant.id, id as CredentialId) : undefined;
  if (found === undefined) throw notFound('credential');
  return found;
}
