/** GSM 03.38: the default alphabet, and the characters that take an escape as well. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extended = new Set('\f^{}\\[~]|€');

export interface SmsSize {
  readonly encoding: 'GSM-7' | 'UCS-2';
  /** Septets of GSM-7, or 16-bit units of UCS-2. */
  readonly units: number;
  /** How many messages the network carries, and the sender pays for. */
  readonly segments: number;
}

/** Units in a message that stands alone, and in one of several, where a header tells which it is (3GPP TS 23.040). */
const capacities = { 'GSM-7': { alone: 160, joined: 153 }, 'UCS-2': { alone: 70, joined: 67 } } as const;

/** How long a text is as SMS. One character outside GSM-7 makes the whole text UCS-2. */
export function measureSms(text: string): SmsSize {
  const characters = [...text];
  const isGsm = characters.every((character) => basic.has(character) || extended.has(character));
  const encoding = isGsm ? 'GSM-7' : 'UCS-2';
  const sizes = characters.map((character) => (isGsm ? septets(character) : character.length));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const { alone, joined } = capacities[encoding];
  return { encoding, units, segments: units <= alone ? 1 : countJoined(sizes, joined) };
}

function septets(character: string): number {
  return extended.has(character) ? 2 : 1;
}

/** An escaped character and a surrogate pair are not cut in two: what does not fit begins the next segment. */
function countJoined(sizes: readonly number[], capacity: number): number {
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > capacity) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return segments;
}
