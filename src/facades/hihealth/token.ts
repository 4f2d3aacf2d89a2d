/** Payment tokens: JWS compact, ES512 (RFC 7518), with the times in milliseconds as the seed's have them. */
import { createPublicKey, verify } from 'node:crypto';
import type { Core } from '#core/core.ts';
import type { ClaimId } from '#kit/ids.ts';
import { parseUlid } from '#kit/ulid.ts';
import { issuer } from './write-payment.ts';

/** Decision 28: exactly this, so that nothing in a token chooses how it is checked. */
const header = encode({ alg: 'ES512', typ: 'JWT' });

/** Longer than any token we sign. */
const maxCharacters = 12_000;

const pattern = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/;

/** Signs what a token says; off the event loop. */
export async function signToken(core: Core, claims: Record<string, unknown>): Promise<string> {
  const signed = `${header}.${encode(claims)}`;
  const signature = await core.signingKeys.sign('claim-token', Buffer.from(signed));
  return `${signed}.${signature.toString('base64url')}`;
}

/** The claim a token speaks of, if we signed it; whether it is still good is the claim's to say. */
export async function readToken(core: Core, token: string): Promise<ClaimId | undefined> {
  if (token.length > maxCharacters) return undefined;
  const [, given, payload = '', signature = ''] = pattern.exec(token) ?? [];
  if (given !== header) return undefined;
  const message = Buffer.from(`${given}.${payload}`);
  const raw = Buffer.from(signature, 'base64url');
  const keys = await core.signingKeys.published('claim-token');
  if (!keys.some((key) => isSignedBy(key, message, raw))) return undefined;
  const { id, iss } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  if (iss !== issuer || typeof id !== 'string') return undefined;
  return parseUlid(id) as ClaimId | undefined;
}

function isSignedBy(published: string, message: Buffer, signature: Buffer): boolean {
  const key = createPublicKey({ key: JSON.parse(published), format: 'jwk' });
  return verify('sha512', message, { key, dsaEncoding: 'ieee-p1363' }, signature);
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
