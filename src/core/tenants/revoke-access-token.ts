import type { CredentialId, TenantId } from '#kit/ids.ts';
import { hashToken } from '#kit/secrets.ts';
import type { Core } from '../core.ts';
import { deleteAccessToken } from './store.ts';

/** Ends a bearer token at its client's request. A token of another client and one that never was are left alone alike. */
export async function revokeAccessToken(
  core: Pick<Core, 'database' | 'pepper'>,
  {
    token,
    ...owner
  }: { readonly tenantId: TenantId; readonly credentialId: CredentialId; readonly token: string },
): Promise<void> {
  await deleteAccessToken(core.database, { ...owner, digest: hashToken(core.pepper, token) });
}
