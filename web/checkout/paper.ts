/** What the papers that are printed have in common: A4 pages in PDF's standard fonts, with rows, rules and page numbers. */
import type PDFDocument from 'pdfkit';
import { formatMoney } from '#kit/format-money.ts';
import type { Language } from '#kit/language.ts';
import type { Money } from '#kit/money.ts';
import { formatPercent, formatQuantity } from './format.ts';
import type { Texts } from './texts.ts';
import { summarizeVat } from './vat.ts';
import type { Item, Seller } from './view.ts';
import { toWinAnsi } from './win-ansi.ts';

export type Document = InstanceType<typeof PDFDocument>;

export interface Column {
  readonly x: number;
  readonly width: number;
  readonly align: 'left' | 'right';
}

export const margin = 56;
export const width = 595.28 - 2 * margin;
export const bottom = 841.89 - margin - 28;
export const ink = '#17211f';
export const quiet = '#52605c';
const line = '#c9d1cd';

/** What a paper is about, for the file's own description. */
export interface PaperTitle {
  readonly language: Language;
  readonly title: string;
  readonly author: string;
  /** RFC 3339 instant. */
  readonly createdAt: string;
}

/** Draws a paper and answers its bytes: the same drawing always gives the same ones, for every date is the paper's own. */
export async function drawPaper(
  about: PaperTitle,
  texts: Texts,
  draw: (document: Document) => void,
): Promise<Buffer> {
  // Not before there is a paper: it takes as much memory as a tenth of the product.
  const { default: PdfDocument } = await import('pdfkit');
  const document = new PdfDocument({
    size: 'A4',
    margin,
    bufferPages: true,
    lang: about.language,
    displayTitle: true,
    info: { Title: about.title, Author: about.author, CreationDate: new Date(about.createdAt) },
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const finished = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject));
  draw(document);
  numberPages(document, texts);
  document.end();
  await finished;
  return Buffer.concat(chunks);
}

/** What the paper is, and who issues it. `test` says of a test's paper that it is none. */
export function writeHead(
  document: Document,
  head: { readonly title: string; readonly seller: Seller; readonly test: string | undefined },
  texts: Texts,
): void {
  const { seller } = head;
  if (head.test !== undefined) {
    document.font('Helvetica-Bold').fontSize(10).fillColor('#8a5a00').text(toWinAnsi(head.test));
    document.moveDown(0.8);
  }
  document.font('Helvetica-Bold').fontSize(22).fillColor(ink).text(toWinAnsi(head.title));
  document.moveDown(0.6);
  document.fontSize(11).text(toWinAnsi(seller.name));
  document.font('Helvetica').fontSize(10).fillColor(quiet);
  const place = [seller.postalCode, seller.city].filter((part) => part !== undefined).join(' ');
  if (place !== '') document.text(toWinAnsi(place));
  if (seller.organizationNumber !== undefined) {
    document.text(toWinAnsi(`${texts.receipt.organizationNumber} ${seller.organizationNumber}`));
  }
  if (seller.website !== undefined) document.text(toWinAnsi(seller.website));
  document.moveDown(1.2);
}

/** Names and values, one pair below the other; over the whole width unless something is to stand beside them. */
export function writeFacts(
  document: Document,
  facts: readonly (readonly [string, string])[],
  { names, values } = { names: 140, values: width - 140 },
): void {
  const columns = columnsOf([names, 'left'], [values, 'left']);
  for (const fact of facts) writeRow(document, columns, fact, { gap: 3 });
  document.moveDown(1);
}

/** The lines of a bill and their sum. */
export function writeItems(
  document: Document,
  view: { readonly items: readonly Item[]; readonly total: Money },
  texts: Texts,
): void {
  const { locale, receipt } = texts;
  const columns = columnsOf(
    [width - 300, 'left'],
    [65, 'right'],
    [90, 'right'],
    [50, 'right'],
    [95, 'right'],
  );
  const head = [texts.description, receipt.quantity, receipt.unitPrice, receipt.vat, texts.amount];
  writeRow(document, columns, head, { bold: true, gap: 6 });
  for (const item of view.items) {
    writeRule(document, line);
    const quantity = [formatQuantity(item.quantity, locale), item.unit]
      .filter((part) => part !== undefined)
      .join(' ');
    const vat = item.vatPercent === undefined ? '' : formatPercent(item.vatPercent, locale);
    const amounts = [formatMoney(item.unitPrice, locale), vat, formatMoney(item.lineTotal, locale)];
    writeRow(document, columns, [item.description, quantity, ...amounts], { gap: 6 });
  }
  writeRule(document, ink);
  const total = [texts.total, formatMoney(view.total, locale)];
  writeRow(document, columnsOf([width - 200, 'left'], [200, 'right']), total, {
    bold: true,
    size: 13,
    gap: 8,
  });
  document.moveDown(1.2);
}

/** The VAT that the lines contain, by rate. */
export function writeVat(document: Document, items: readonly Item[], texts: Texts): void {
  const rows = summarizeVat(items);
  if (rows.length === 0) return;
  const { receipt, locale } = texts;
  const columns = columnsOf([width - 330, 'left'], [110, 'right'], [110, 'right'], [110, 'right']);
  writeRow(document, columns, [receipt.vatSummary, receipt.net, receipt.vat, receipt.gross], {
    bold: true,
    gap: 5,
  });
  for (const row of rows) {
    writeRule(document, line);
    const amounts = [row.net, row.vat, row.gross].map((amount) => formatMoney(amount, locale));
    writeRow(document, columns, [formatPercent(row.percent, locale), ...amounts], { gap: 5 });
  }
}

export function columnsOf(...sizes: readonly (readonly [number, Column['align']])[]): readonly Column[] {
  let x = margin;
  return sizes.map(([size, align]) => {
    const column = { x, width: size, align };
    x += size;
    return column;
  });
}

/** Writes cells side by side, as high as the highest, on the next page where this one is full. */
export function writeRow(
  document: Document,
  columns: readonly Column[],
  cells: readonly string[],
  style: { readonly bold?: boolean; readonly size?: number; readonly gap: number },
): void {
  document
    .font(style.bold === true ? 'Helvetica-Bold' : 'Helvetica')
    .fontSize(style.size ?? 10)
    .fillColor(ink);
  const set = columns.map((column, index) => {
    const inset = column.align === 'right' ? 8 : 0;
    return {
      text: toWinAnsi(cells[index] ?? ''),
      x: column.x + inset,
      width: column.width - inset,
      align: column.align,
    };
  });
  const height = Math.max(
    ...set.map(({ text, width: available }) => document.heightOfString(text, { width: available })),
  );
  if (document.y + height + 2 * style.gap > bottom) document.addPage();
  const top = document.y + style.gap;
  for (const cell of set) document.text(cell.text, cell.x, top, { width: cell.width, align: cell.align });
  document.x = margin;
  document.y = top + height + style.gap;
}

export function writeRule(document: Document, colour: string): void {
  document
    .moveTo(margin, document.y)
    .lineTo(margin + width, document.y)
    .lineWidth(0.7)
    .strokeColor(colour)
    .stroke();
}

function numberPages(document: Document, texts: Texts): void {
  const { count } = document.bufferedPageRange();
  if (count === 1) return;
  for (let page = 0; page < count; page += 1) {
    document.switchToPage(page);
    document.font('Helvetica').fontSize(9).fillColor(quiet);
    document.text(toWinAnsi(texts.receipt.page(page + 1, count)), margin, bottom + 8, {
      width,
      align: 'right',
      lineBreak: false,
    });
  }
}
