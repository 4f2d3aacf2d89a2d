/** What the papers of a payment are set with: one page after another, rows that break, amounts in dollars. */
import type PDFDocument from 'pdfkit';
import { currency } from '#kit/currency.ts';
import { formatDecimal, money } from '#kit/money.ts';
import { toWinAnsi } from '../checkout/win-ansi.ts';

export type Paper = InstanceType<typeof PDFDocument>;

/** Letter, as checks and their stubs are printed on in the United States. */
export const margin = 54;
export const width = 612 - 2 * margin;
const bottom = 792 - margin;

const usd = currency('USD');

/** `$1,234.56`. */
export function dollars(cents: bigint): string {
  const [whole = '', decimals = ''] = formatDecimal(money(cents, usd)).replace('-', '').split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${cents < 0n ? '-' : ''}$${grouped}.${decimals}`;
}

/** Sets a document and answers its bytes: the same for the same content, every date being the content's own. */
export async function setPaper(
  facts: { readonly title: string; readonly author: string; readonly madeAt: Date },
  write: (paper: Paper) => void,
): Promise<Buffer> {
  // Not before there is a paper: it takes as much memory as a tenth of the product.
  const { default: PdfDocument } = await import('pdfkit');
  const paper = new PdfDocument({
    size: 'LETTER',
    margin,
    lang: 'en-US',
    displayTitle: true,
    info: { Title: facts.title, Author: toWinAnsi(facts.author), CreationDate: facts.madeAt },
  });
  const chunks: Buffer[] = [];
  paper.on('data', (chunk: Buffer) => chunks.push(chunk));
  const finished = new Promise<void>((resolve, reject) => paper.on('end', resolve).on('error', reject));
  write(paper);
  paper.end();
  await finished;
  return Buffer.concat(chunks);
}

export function writeLines(paper: Paper, lines: readonly string[], bold = false): void {
  paper.font(bold ? 'Helvetica-Bold' : 'Helvetica').fontSize(10);
  for (const line of lines) paper.text(toWinAnsi(line), margin, paper.y, { width });
}

/** Cells side by side, the last ones to the right, on the next page where this one is full. */
export function writeRow(
  paper: Paper,
  columns: readonly number[],
  cells: readonly string[],
  style: { readonly bold?: boolean; readonly rightFrom: number },
): void {
  paper.font(style.bold === true ? 'Helvetica-Bold' : 'Helvetica').fontSize(9);
  const texts = cells.map(toWinAnsi);
  const heights = texts.map((text, index) =>
    paper.heightOfString(text, { width: (columns[index] ?? 0) - 6 }),
  );
  const height = Math.max(...heights);
  if (paper.y + height + 4 > bottom) paper.addPage();
  const top = paper.y;
  let x = margin;
  for (const [index, text] of texts.entries()) {
    const size = columns[index] ?? 0;
    paper.text(text, x, top, { width: size - 6, align: index >= style.rightFrom ? 'right' : 'left' });
    x += size;
  }
  paper.x = margin;
  paper.y = top + height + 4;
}

export function writeRule(paper: Paper): void {
  paper
    .moveTo(margin, paper.y)
    .lineTo(margin + width, paper.y)
    .lineWidth(0.5)
    .strokeColor('#555')
    .stroke();
  paper.y += 4;
}
