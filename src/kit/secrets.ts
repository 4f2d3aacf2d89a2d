/**
 * Secrets at rest and in comparison: what must be read again is sealed, what need only be recognised is digested.
 * Everything here is node:crypto; nothing is invented.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
  timingSafeEqual,
} from 'node:crypto';

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const keyIdPattern = /^[A-Za-z0-9_-]{1,32}$/;

/** The id in values from before keys had ids of their own: any key of the ring may have sealed them. */
const anyKeyId = 'k1';

/** A 256-bit key and the name under which sealed values remember it: letters, digits, `_` and `-`, at most 32. */
export interface MasterKey {
  readonly id: string;
  readonly key: Buffer;
}

export interface Keyring {
  /** The id of the first key: what is sealed with another waits to be sealed anew. */
  readonly currentId: string;
  /**
   * Encrypts with the first key. `context` says what the value is and whose (`connector-account:<tenant>`); it is not
   * kept in the result and must be given again to open it, so a value moved to another row does not open there.
   */
  seal(plaintext: Buffer, context: string): string;
  /** Decrypts what `seal` made under any key of the ring. Throws where key, context or any bit is not the one sealed. */
  open(sealed: string, context: string): Buffer;
}

/**
 * A ring of master keys. To rotate, put the new key first and keep the old one until nothing is sealed with it.
 * A sealed value is `<key id>.<base64url of nonce, tag and ciphertext>`, AES-256-GCM with a random nonce: replace a key
 * long before it has sealed 2³² values (NIST SP 800-38D).
 */
export function keyring(masterKeys: readonly MasterKey[]): Keyring {
  const keys = new Map(masterKeys.map(({ id, key }) => [id, sealingKey(id, key)]));
  const [first] = masterKeys;
  const current = first && keys.get(first.id);
  if (first === undefined || current === undefined) throw new Error('a keyring needs a key');
  if (keys.size !== masterKeys.length) throw new Error('two keys of the keyring have the same id');

  return {
    currentId: first.id,
    seal: (plaintext, context) => `${first.id}.${encrypt(current, plaintext, context).toString('base64url')}`,
    open: (sealed, context) => {
      const dot = sealed.indexOf('.');
      const id = sealed.slice(0, Math.max(dot, 0));
      const named = keys.get(id);
      const candidates = named === undefined && id === anyKeyId ? [...keys.values()] : [named];
      return openWith(candidates, Buffer.from(sealed.slice(dot + 1), 'base64url'), context);
    },
  };
}

/** Opens a box with the first of the keys that fits. */
function openWith(keys: readonly (KeyObject | undefined)[], box: Buffer, context: string): Buffer {
  const [key, ...others] = keys;
  if (key === undefined) throw new Error('sealed with a key that is not on the keyring');
  if (others.length === 0) return decrypt(key, box, context);
  try {
    return decrypt(key, box, context);
  } catch {
    return openWith(others, box, context);
  }
}

/** A master key's own id: every process that is given the key knows it by the same one, and it tells nothing of the key. */
export function keyIdOf(master: Buffer): string {
  return deriveKey(master, 'id').toString('hex').slice(0, 16);
}

/** A key object: node takes three to five times as long over a cipher that is given the key as bytes. */
function sealingKey(id: string, master: Buffer): KeyObject {
  if (!keyIdPattern.test(id)) throw new Error('a key id is 1 to 32 letters, digits, _ or -');
  return createSecretKey(deriveKey(master, 'seal'));
}

function encrypt(key: KeyObject, plaintext: Buffer, context: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAAD(
    Buffer.from(context),
  );
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
}

function decrypt(key: KeyObject, box: Buffer, context: string): Buffer {
  if (box.length < nonceBytes + tagBytes) throw new Error('sealed value is too short');
  const nonce = box.subarray(0, nonceBytes);
  const tag = box.subarray(nonceBytes, nonceBytes + tagBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
    .setAAD(Buffer.from(context))
    .setAuthTag(tag);
  return Buffer.concat([decipher.update(box.subarray(nonceBytes + tagBytes)), decipher.final()]);
}

/** Encrypts one document, chunk by chunk, under a key made for it alone: AES-256-GCM with `context` authenticated. */
export function documentCipher(context: string): {
  update(chunk: Buffer): Buffer;
  /** The key, to be sealed, and what else opens the document. GCM holds nothing back, so there is no last chunk. */
  finish(): { key: Buffer; nonce: Buffer; tag: Buffer };
} {
  const key = randomBytes(keyBytes);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAAD(
    Buffer.from(context),
  );
  return {
    update: (chunk) => cipher.update(chunk),
    finish: () => {
      cipher.final();
      return { key, nonce, tag: cipher.getAuthTag() };
    },
  };
}

/** Decrypts what `documentCipher` made. Throws where key, context or any bit is not the one it was encrypted with. */
export function openDocument(
  document: { key: Buffer; nonce: Buffer; tag: Buffer; pieces: readonly Buffer[] },
  context: string,
): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', document.key, document.nonce, { authTagLength: tagBytes })
    .setAAD(Buffer.from(context))
    .setAuthTag(document.tag);
  const opened = document.pieces.map((piece) => decipher.update(piece));
  return Buffer.concat([...opened, decipher.final()]);
}

/** A 256-bit key for one purpose (`seal`, `pepper`), so that no two uses of a master key share a key. HKDF-SHA-256. */
export function deriveKey(master: Buffer, purpose: string): Buffer {
  if (master.length !== keyBytes) throw new Error(`a master key is ${keyBytes} bytes`);
  return Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `quittance/${purpose}`, keyBytes));
}

/**
 * What is stored of a random token or key: HMAC-SHA-256 under the pepper. A fast digest is right for secrets of 128
 * random bits and more, and wrong for passwords.
 */
export function hashToken(pepper: KeyObject, token: string): Buffer {
  return createHmac('sha256', pepper).update(token).digest();
}

/** Whether two digests are equal, in a time that does not tell where they differ. */
export function sameDigest(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A new Ed25519 pair: the public half as base64 of its 32 raw bytes (RFC 8032), the private half to be sealed. */
export function generateSigningKey(): { publicKey: string; privateKey: Buffer } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: rawPublicKey(publicKey),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }),
  };
}

/** The private half as `generateSigningKey` gave it, ready to sign. */
export function importSigningKey(privateKey: Buffer): KeyObject {
  return createPrivateKey({ key: privateKey, type: 'pkcs8', format: 'der' });
}

/** The public half of a private signing key, as `generateSigningKey` gives it. */
export function publicKeyOf(privateKey: KeyObject): string {
  return rawPublicKey(createPublicKey(privateKey));
}

/** The key that checks signatures, from base64 of its 32 raw bytes. */
export function importPublicKey(publicKey: string): KeyObject {
  const x = Buffer.from(publicKey, 'base64').toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

/** An Ed25519 signature, made on the thread pool: the event loop goes on serving. */
export function signEd25519(privateKey: KeyObject, message: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    sign(null, message, privateKey, (error, signature) => (error ? reject(error) : resolve(signature)));
  });
}

function rawPublicKey(publicKey: KeyObject): string {
  return Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
}
