/** Reads the file by which a bank sends an entry back (addenda 99) or asks for it to be written differently (98). */
import { recordLength } from './records.ts';

export interface ReturnRead {
  readonly kind: 'returned' | 'corrected';
  /** The trace number of our own entry. */
  readonly instrument: string;
  /** `R03`, `C01`. */
  readonly code: string;
  readonly detail: Readonly<Record<string, string>>;
}

/** Addenda types that tell of an entry of ours. */
const kinds = { '99': 'returned', '98': 'corrected' } as const;

/**
 * The first return or notification of change in the file; undefined where the file is none. One-based positions: 4–6 the
 * code, 7–21 our trace number, 36–64 the corrected data of a 98.
 */
export function readReturn(file: string): ReturnRead | undefined {
  const lines = file.split(/\r?\n/).filter((line) => line !== '');
  if (lines.some((line) => line.length !== recordLength)) return undefined;
  for (const line of lines) {
    const [, type, code, instrument] = /^7(98|99)([RC]\d\d)(\d{15})/.exec(line) ?? [];
    if (type === undefined || code === undefined || instrument === undefined) continue;
    const kind = kinds[type as keyof typeof kinds];
    const corrected = line.slice(35, 64).trim();
    return { kind, code, instrument, detail: kind === 'corrected' ? { corrected } : {} };
  }
  return undefined;
}
