import { createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { later } from '#kit/clock.ts';
import { selfSignedCertificate } from '#kit/self-signed-certificate.ts';

/** A key pair of the installation's own: its public half is there for everybody. */
export interface SigningKey {
  readonly id: string;
  readonly purpose: SigningPurpose;
  /** A JWK as JSON, or a PEM certificate. */
  readonly published: string;
  readonly privateKeySealed: string;
  readonly createdAt: Date;
  /** Signs from then on; until then it is only published. */
  readonly activeAt: Date;
}

/** `claim-token`: ECDSA on P-521. `claim-callback`: RSA. */
export type SigningPurpose = 'claim-token' | 'claim-callback';

const dayMs = 86_400_000;

/** A key signs for this long before its successor is made. */
export const keyLifeMs = 90 * dayMs;

/** A successor is published this long before it signs, and a predecessor this long after. */
export const overlapMs = dayMs;

/** Long past the key's own use: what it signed can still be checked. */
const certificateLifeMs = 10 * 366 * dayMs;

const generate = promisify(generateKeyPair);

/** A new pair: the private half, and what is published of the other. Made on the thread pool. */
export async function generatePair(
  purpose: SigningPurpose,
  made: { name: string; serial: Buffer; at: Date },
): Promise<{ privateKey: KeyObject; published: string }> {
  if (purpose === 'claim-token') {
    const { privateKey } = await generate('ec', { namedCurve: 'P-521' });
    const { kty, crv, x, y } = createPublicKey(privateKey).export({ format: 'jwk' });
    return { privateKey, published: JSON.stringify({ kty, crv, x, y, use: 'sig', alg: 'ES512' }) };
  }
  const { privateKey } = await generate('rsa', { modulusLength: 2_048 });
  const { name, serial, at } = made;
  const until = later(at, certificateLifeMs);
  return { privateKey, published: selfSignedCertificate(privateKey, { name, serial, from: at, until }) };
}
