/**
 * A self-signed X.509 v3 certificate (RFC 5280) for an RSA key that signs messages: there is nothing in it to trust but
 * where it was fetched from. DER is written here because it is a page, and node:crypto reads certificates only.
 */
import { createPublicKey, type KeyObject, sign } from 'node:crypto';

/** sha256WithRSAEncryption, with the NULL parameter RFC 4055 asks for. */
const algorithm = sequence(oid('2a864886f70d01010b'), der(0x05, Buffer.alloc(0)));
const commonName = oid('550403');
const basicConstraints = oid('551d13');

/** A PEM certificate of the key's public half, signed by the key itself. */
export function selfSignedCertificate(
  privateKey: KeyObject,
  subject: { name: string; serial: Buffer; from: Date; until: Date },
): string {
  const name = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(subject.name)))));
  const notAnAuthority = sequence(basicConstraints, der(0x01, Buffer.from([0xff])), der(0x04, sequence()));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, positive(subject.serial)),
    algorithm,
    name,
    sequence(instant(subject.from), instant(subject.until)),
    name,
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(notAnAuthority)),
  );
  const certificate = sequence(body, algorithm, bits(sign('sha256', body, privateKey)));
  const lines = certificate.toString('base64').replaceAll(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function der(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag]), length(content.length), content]);
}

function length(bytes: number): Buffer {
  if (bytes < 0x80) return Buffer.from([bytes]);
  const hex = bytes.toString(16);
  const digits = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | digits.length]), digits]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function bits(content: Buffer): Buffer {
  return der(0x03, Buffer.concat([Buffer.from([0]), content]));
}

/** A serial number is positive, and not of zero length. */
function positive(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x01]), bytes]);
}

/** UTCTime up to 2049, GeneralizedTime from 2050 on, as the RFC has it. */
function instant(at: Date): Buffer {
  const text = at.toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return at.getUTCFullYear() < 2050 ? der(0x17, Buffer.from(text.slice(2))) : der(0x18, Buffer.from(text));
}
