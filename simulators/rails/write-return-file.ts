/** The file by which a bank sends an entry back, or asks for it to be written differently. */

export interface ReturnFacts {
  /** 99 a return, 98 a notification of change. */
  readonly type: '98' | '99';
  readonly code: string;
  /** The trace number of the entry it is about. */
  readonly instrument: string;
  readonly amount: number;
  readonly reference: string;
  readonly corrected?: string;
  readonly at: Date;
}

/** A whole NACHA file with one entry and its addenda, from the receiving bank's side. */
export function writeReturnFile(facts: ReturnFacts): string {
  const { type, code, instrument, amount, reference, corrected = '', at } = facts;
  const stamp = at.toISOString();
  const date = stamp.slice(2, 10).replaceAll('-', '');
  const odfi = instrument.slice(0, 8);
  const pad = (text: string, width: number) => text.slice(0, width).padEnd(width);
  const digits = (value: number | string, width: number) => String(value).padStart(width, '0');
  const cents = type === '99' ? amount : 0;
  const lines = [
    `101 ${odfi}0 ${odfi}0${date}${stamp.slice(11, 16).replace(':', '')}A094101${' '.repeat(54)}`,
    `5220${pad('RETURNS', 16)}${' '.repeat(20)}${pad('', 10)}CCD${pad('RETURN', 10)}${date}${date}   1${odfi}0000001`,
    `621${odfi}0${pad('', 17)}${digits(cents, 10)}${pad(reference, 15)}${pad('', 22)}  1${odfi}0000001`,
    type === '99'
      ? `799${code}${instrument}${' '.repeat(6)}${odfi}${' '.repeat(44)}${odfi}0000001`
      : `798${code}${instrument}${' '.repeat(6)}${odfi}${pad(corrected, 29)}${' '.repeat(15)}${odfi}0000001`,
    `8220000002${digits(odfi, 10)}${digits(0, 12)}${digits(cents, 12)}${' '.repeat(35)}${odfi}0000001`,
    `9000001000001${digits(2, 8)}${digits(odfi, 10)}${digits(0, 12)}${digits(cents, 12)}${' '.repeat(39)}`,
  ].map((line) => line.slice(0, 94).padEnd(94));
  while (lines.length % 10 !== 0) lines.push('9'.repeat(94));
  return `${lines.join('\n')}\n`;
}
