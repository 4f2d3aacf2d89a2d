import { createHmac, type KeyObject } from 'node:crypto';
import { signEd25519 } from '#kit/secrets.ts';

/** A shared secret of at least 24 random bytes, or the private half of an Ed25519 pair. */
export type SigningSecret =
  | { readonly kind: 'hmac'; readonly key: Buffer }
  | { readonly kind: 'ed25519'; readonly privateKey: KeyObject };

/** What is told apart from its body: `id` is the same on every retry, `timestamp` is that of this attempt. */
export interface SignedMessage {
  readonly id: string;
  readonly timestamp: Date;
  readonly body: Buffer;
}

/**
 * The headers that let a receiver check who sent the body, in two forms:
 *
 * - Standard Webhooks (standardwebhooks.com): `webhook-id`, `webhook-timestamp` (Unix seconds) and `webhook-signature`,
 *   one signature per secret over `id.timestamp.body`: `v1,` HMAC-SHA-256 or `v1a,` Ed25519. With two secrets of a kind
 *   a receiver can change over while both are valid.
 * - For receivers that hold just a public key: `x-signature`, base64 Ed25519 by the first such secret over the raw
 *   body bytes and nothing else, with `x-signature-timestamp` (Unix seconds, not covered by it). Replays are told by
 *   the id inside the body, or by checking the `v1a` signature instead.
 */
export async function signatureHeaders(
  message: SignedMessage,
  secrets: readonly SigningSecret[],
): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(message.timestamp.getTime() / 1_000));
  const content = Buffer.concat([Buffer.from(`${message.id}.${timestamp}.`), message.body]);
  const signatures = await Promise.all(secrets.map((secret) => signStandard(content, secret)));
  const asymmetric = secrets.find((secret) => secret.kind === 'ed25519');
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    ...(signatures.length > 0 && { 'webhook-signature': signatures.join(' ') }),
    ...(asymmetric !== undefined && {
      'x-signature': (await signEd25519(asymmetric.privateKey, message.body)).toString('base64'),
      'x-signature-timestamp': timestamp,
    }),
  };
}

async function signStandard(content: Buffer, secret: SigningSecret): Promise<string> {
  if (secret.kind === 'hmac')
    return `v1,${createHmac('sha256', secret.key).update(content).digest('base64')}`;
  return `v1a,${(await signEd25519(secret.privateKey, content)).toString('base64')}`;
}
