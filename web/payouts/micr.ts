/**
 * The MICR line: eight characters an inch, counted from the right edge (ANSI X9.27; facts D9). Glyphs are ours, seven by
 * nine cells in the manner of E-13B; what a bank's reader takes is magnetic toner and a font the bank has approved.
 */
import type { Paper } from './paper.ts';
import type { PaymentView } from './view.ts';

/** Points between characters. */
const pitch = 72 / 8;
const cell = 0.9;
const pageWidth = 612;

/** Left of the right edge, the first position begins this far in. */
const rightInset = (5 / 16) * 72;

/** Transit, on-us, amount and dash symbols as letters, so that the line can be read as text. */
const symbols = { transit: 'T', onUs: 'U' } as const;

/** Positions 43 to 33 transit, 32 to 14 on-us, 65 to 45 the check's number. 65 characters, position 65 first. */
export function micrLine({ routingNumber, accountNumber, traceNumber }: MicrFacts): string {
  const serial = `${symbols.onUs}${traceNumber}${symbols.onUs}`.padStart(21);
  const transit = `${symbols.transit}${routingNumber}${symbols.transit}`;
  const account = `${accountNumber.replaceAll(/\D/g, '')}${symbols.onUs}`.padStart(19);
  return `${serial} ${transit}${account}${' '.repeat(13)}`;
}

type MicrFacts = Pick<PaymentView, 'routingNumber' | 'accountNumber' | 'traceNumber'>;

/** Draws the line with its feet at `y`, the last character nearest the right edge. */
export function writeMicr(paper: Paper, line: string, y: number): void {
  const characters = [...line];
  paper.save().fillColor('#000');
  for (const [index, character] of characters.entries()) {
    const left = pageWidth - rightInset - (characters.length - index) * pitch;
    drawGlyph(paper, glyphs[character] ?? [], left, y);
  }
  paper.restore();
}

function drawGlyph(paper: Paper, rows: readonly string[], left: number, y: number): void {
  for (const [row, cells] of rows.entries())
    for (const [column, filled] of [...cells].entries())
      if (filled === '#') paper.rect(left + column * cell, y - (rows.length - row) * cell, cell, cell).fill();
}

const glyphs: Readonly<Record<string, readonly string[]>> = {
  '0': ['#######', '#.....#', '#.....#', '#.....#', '#.....#', '#.....#', '#.....#', '#.....#', '#######'],
  '1': ['.###...', '.###...', '..##...', '..##...', '..##...', '..##...', '######.', '######.', '######.'],
  '2': ['######.', '.....#.', '.....#.', '.....#.', '######.', '#......', '#......', '#......', '######.'],
  '3': ['#####..', '....#..', '....#..', '....#..', '######.', '....##.', '....##.', '....##.', '######.'],
  '4': ['##.....', '##.....', '##.....', '##..#..', '##..#..', '##..##.', '######.', '....##.', '....##.'],
  '5': ['######.', '#......', '#......', '#......', '######.', '.....#.', '.....#.', '.....#.', '######.'],
  '6': ['####...', '#......', '#......', '#......', '#######', '#.....#', '#.....#', '#.....#', '#######'],
  '7': ['######.', '#....#.', '.....#.', '....##.', '..###..', '..#....', '..#....', '..#....', '..#....'],
  '8': ['.#####.', '.#...#.', '.#...#.', '.#...#.', '#######', '##...##', '##...##', '##...##', '#######'],
  '9': ['######.', '#....#.', '#....#.', '#....#.', '######.', '....##.', '....##.', '....##.', '....##.'],
  T: ['##.....', '##.....', '##..###', '##..###', '.......', '##..###', '##..###', '##.....', '##.....'],
  U: ['..#.###', '..#.###', '..#.###', '.......', '###....', '###....', '.......', '..#.###', '..#.###'],
};
