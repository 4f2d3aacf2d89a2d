import type { CredentialId, TenantId } from '#kit/ids.ts';

/** A way to prove to be a tenant in one façade. The secret itself is never stored. */
export interface Credential {
  readonly tenantId: TenantId;
  readonly id: CredentialId;
  readonly facade: string;
  /** The public part by which it is found. */
  readonly lookup: string;
  /** HMAC-SHA-256 of the secret under the installation's pepper. */
  readonly digest: Buffer;
  readonly label: string;
  /** Which account of its façade it is for; null where the façade knows one account per tenant. */
  readonly account: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

/** Whether the credential opens anything at `wallNow`: credential lifetimes follow the wall clock. */
export function isAlive(credential: Credential, wallNow: Date): boolean {
  if (credential.revokedAt !== null) return false;
  return credential.expiresAt === null || credential.expiresAt > wallNow;
}
