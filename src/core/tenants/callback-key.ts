import type { KeyObject } from 'node:crypto';
import type { Queryable } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import { generateSigningKey, importSigningKey } from '#kit/secrets.ts';
import type { Core } from '../core.ts';
import { selectCallbackPrivateKey, updateCallbackKey } from './store.ts';

/** Makes the key pair that signs this tenant's callbacks from now on, and answers its public half in base64. */
export async function generateCallbackKey(
  core: Pick<Core, 'keyring'> & { readonly database: Queryable },
  tenantId: TenantId,
): Promise<string> {
  const { publicKey, privateKey } = generateSigningKey();
  await updateCallbackKey(
    core.database,
    tenantId,
    publicKey,
    core.keyring.seal(privateKey, contextOf(tenantId)),
  );
  return publicKey;
}

/** The private half, opened for one signature; undefined while the tenant has none. */
export async function openCallbackKey(
  core: Pick<Core, 'database' | 'keyring'>,
  tenantId: TenantId,
): Promise<KeyObject | undefined> {
  const sealed = await selectCallbackPrivateKey(core.database, tenantId);
  return sealed === null ? undefined : importSigningKey(core.keyring.open(sealed, contextOf(tenantId)));
}

/** What a private half is sealed as. */
export function contextOf(tenantId: TenantId): string {
  return `callback-key:${tenantId}`;
}
