import { createHash } from 'node:crypto';

/**
 * The instruction id under which a movement is known to Swish: 32 capital hexadecimal digits in the form of a version 4
 * UUID, always the same for our reference. So nothing of Swish's need be kept to ask what became of it.
 */
export function instructionIdOf(reference: string): string {
  const digest = createHash('sha256').update(`swish instruction ${reference}`).digest();
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x40;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  return digest.subarray(0, 16).toString('hex').toUpperCase();
}
