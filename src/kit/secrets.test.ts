import assert from 'node:assert/strict';
import { createSecretKey, randomBytes, verify } from 'node:crypto';
import { test } from 'node:test';
import {
  deriveKey,
  generateSigningKey,
  hashToken,
  importPublicKey,
  importSigningKey,
  keyring,
  publicKeyOf,
  sameDigest,
  signEd25519,
} from './secrets.ts';

const older = { id: '2025', key: randomBytes(32) };
const newer = { id: '2026', key: randomBytes(32) };
const secret = Buffer.from('user=clinic;key=0123456789');

test('a sealed secret opens again in its own context', () => {
  const ring = keyring([newer]);
  assert.deepEqual(ring.open(ring.seal(secret, 'account:a'), 'account:a'), secret);
  assert.deepEqual(ring.open(ring.seal(Buffer.alloc(0), 'account:a'), 'account:a'), Buffer.alloc(0));
});

test('sealing the same secret twice shows nothing of it and nothing in common', () => {
  const ring = keyring([newer]);
  const first = ring.seal(secret, 'account:a');
  assert.notEqual(first, ring.seal(secret, 'account:a'));
  assert.equal(Buffer.from(first.slice('2026.'.length), 'base64url').includes(secret), false);
});

test('a sealed secret does not open in another row, under another key, or when cut short', () => {
  const ring = keyring([newer]);
  const sealed = ring.seal(secret, 'account:a');
  assert.throws(() => ring.open(sealed, 'account:b'));
  assert.throws(() => keyring([{ id: '2026', key: older.key }]).open(sealed, 'account:a'));
  assert.throws(() => keyring([older]).open(sealed, 'account:a'), /not on the keyring/);
  for (const text of ['', '2026', '2026.', '2026.AAAA', sealed.slice(0, -4)])
    assert.throws(() => ring.open(text, 'account:a'));
});

test('a sealed secret with any one bit flipped does not open', () => {
  const ring = keyring([newer]);
  const box = Buffer.from(ring.seal(secret, 'account:a').slice('2026.'.length), 'base64url');
  for (let bit = 0; bit < box.length * 8; bit += 1) {
    const flipped = Buffer.from(box);
    flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    assert.throws(() => ring.open(`2026.${flipped.toString('base64url')}`, 'account:a'), `bit ${bit}`);
  }
});

test('after a rotation the new key seals and the old one still opens', () => {
  const sealed = keyring([older]).seal(secret, 'account:a');
  const rotated = keyring([newer, older]);
  assert.deepEqual(rotated.open(sealed, 'account:a'), secret);
  assert.match(rotated.seal(secret, 'account:a'), /^2026\./);
});

test('what was sealed before keys had ids opens with any key of the ring, and with no other', () => {
  const sealed = keyring([{ id: 'k1', key: older.key }]).seal(secret, 'account:a');
  assert.deepEqual(keyring([newer, older]).open(sealed, 'account:a'), secret);
  assert.throws(() => keyring([newer]).open(sealed, 'account:a'));
});

test('a keyring is refused without keys, with short keys, and with ambiguous or unreadable ids', () => {
  assert.throws(() => keyring([]));
  assert.throws(() => keyring([{ id: 'a', key: randomBytes(16) }]));
  assert.throws(() => keyring([newer, { ...older, id: newer.id }]));
  assert.throws(() => keyring([{ id: 'a.b', key: randomBytes(32) }]));
});

test('each purpose has a key of its own', () => {
  assert.notDeepEqual(deriveKey(newer.key, 'seal'), deriveKey(newer.key, 'pepper'));
  assert.deepEqual(deriveKey(newer.key, 'pepper'), deriveKey(newer.key, 'pepper'));
});

test('a token is recognised by its digest under the same pepper only', () => {
  const [pepper, another] = [createSecretKey(newer.key), createSecretKey(older.key)];
  const digest = hashToken(pepper, 'ppl_test_abc');
  assert.equal(digest.length, 32);
  assert.equal(sameDigest(digest, hashToken(pepper, 'ppl_test_abc')), true);
  assert.equal(sameDigest(digest, hashToken(pepper, 'ppl_test_abd')), false);
  assert.equal(sameDigest(digest, hashToken(another, 'ppl_test_abc')), false);
  assert.equal(sameDigest(digest, digest.subarray(1)), false);
});

test('what a generated key signs is verified with its published public half', async () => {
  const { publicKey, privateKey } = generateSigningKey();
  assert.equal(Buffer.from(publicKey, 'base64').length, 32);
  const key = importSigningKey(privateKey);
  assert.equal(publicKeyOf(key), publicKey);
  const signature = await signEd25519(key, secret);
  assert.equal(verify(null, secret, importPublicKey(publicKey), signature), true);
  assert.equal(verify(null, secret, importPublicKey(generateSigningKey().publicKey), signature), false);
});
