/**
 * ULIDs (github.com/ulid/spec): 48 bits of milliseconds and 80 random ones, written as 26 characters of Crockford's
 * base 32. We keep the same 128 bits as a UUID and write them as a ULID where a dialect does.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const pattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** The bits of a new ULID as a UUID. `randomBase64url` is ten random bytes. */
export function ulidBits(at: Date, randomBase64url: string): string {
  const time = at.getTime().toString(16).padStart(12, '0');
  return toUuid(time + Buffer.from(randomBase64url, 'base64url').toString('hex'));
}

/** The 26 characters of a UUID's bits. */
export function formatUlid(uuid: string): string {
  let bits = BigInt(`0x${uuid.replaceAll('-', '')}`);
  let text = '';
  for (let place = 0; place < 26; place += 1) {
    text = (alphabet[Number(bits & 31n)] ?? '') + text;
    bits >>= 5n;
  }
  return text;
}

/** The UUID of a ULID's bits; undefined for text that is none. Either case is read, as the specification says. */
export function parseUlid(text: string): string | undefined {
  const upper = text.toUpperCase();
  if (!pattern.test(upper)) return undefined;
  const bits = [...upper].reduce((sum, character) => (sum << 5n) | BigInt(alphabet.indexOf(character)), 0n);
  return toUuid(bits.toString(16).padStart(32, '0'));
}

function toUuid(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
