import type { Queryable } from '#db/database.ts';
import type { CredentialId } from '#kit/ids.ts';
import { hashToken } from '#kit/secrets.ts';
import type { Core } from '../core.ts';
import type { Credential } from './credential.ts';
import { insertCredential } from './store.ts';
import type { Tenant } from './tenant.ts';

/** Bytes of randomness in a secret: enough that a fast keyed digest is the right way to keep it. */
const secretBytes = 32;

export interface NewCredential {
  readonly facade: string;
  /** How the façade will find it; absent makes a random one. */
  readonly lookup?: string;
  /** Given only for demo data, which must be the same after a restart; else made. */
  readonly secret?: string;
  readonly id?: CredentialId;
  readonly label?: string;
  readonly account?: string;
  readonly expiresAt?: Date;
}

type Means = Pick<Core, 'clock' | 'ids' | 'pepper'> & { readonly database: Queryable };

/** Makes a credential. The secret is answered here, once; afterwards nobody can read it. */
export async function createCredential(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  input: NewCredential,
): Promise<{ credential: Credential; secret: string }> {
  const secret = input.secret ?? core.ids.token(secretBytes);
  const credential: Credential = {
    tenantId: tenant.id,
    id: input.id ?? (core.ids.uuid() as CredentialId),
    facade: input.facade,
    lookup: input.lookup ?? core.ids.token(9),
    digest: hashToken(core.pepper, secret),
    label: input.label ?? '',
    account: input.account ?? null,
    createdAt: core.clock.now(),
    expiresAt: input.expiresAt ?? null,
    revokedAt: null,
    lastUsedAt: null,
  };
  await insertCredential(core.database, credential);
  return { credential, secret };
}
