import { createHash } from 'node:crypto';
import type { CredentialId, TenantId } from '#kit/ids.ts';
import { sameDigest } from '#kit/secrets.ts';

/** What a tenant agreed to: an application may act for it until one of them ends that. */
export interface Grant {
  readonly tenantId: TenantId;
  readonly id: string;
  readonly credentialId: CredentialId;
  readonly redirectUri: string;
  /** S256 of RFC 7636, section 4.2. */
  readonly challenge: string;
  readonly codeExpiresAt: Date;
  readonly redeemedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** Long enough for a browser to follow a redirect, by the wall clock (RFC 6749 advises at most ten minutes). */
export const codeLifeMs = 60_000;

/** Thirty days, as the vendors document it, by the wall clock. */
export const refreshLifeMs = 30 * 86_400_000;

/** Bytes of randomness in a code and in a refresh token. */
export const tokenBytes = 32;

const verifierPattern = /^[A-Za-z0-9._~-]{43,128}$/;

/** Whether `verifier` is what the challenge was made of (RFC 7636, section 4.6). */
export function answersChallenge(challenge: string, verifier: string): boolean {
  if (!verifierPattern.test(verifier)) return false;
  const digest = createHash('sha256').update(verifier).digest();
  return sameDigest(digest, Buffer.from(challenge, 'base64url'));
}

/** The client that asks, as it proved to be. */
export interface GrantClient {
  readonly tenantId: TenantId;
  readonly credentialId: CredentialId;
  readonly facade: string;
}

export interface GrantedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}
