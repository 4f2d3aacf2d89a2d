import QRCode from 'qrcode';
import { formatMoney } from '#kit/format-money.ts';
import { transferFacts } from './bank-transfer.ts';
import { formatDay } from './format.ts';
import { type InvoiceTexts, invoiceTextsOf } from './invoice-texts.ts';
import {
  bottom,
  type Document,
  drawPaper,
  ink,
  margin,
  quiet,
  writeFacts,
  writeHead,
  writeItems,
  writeVat,
} from './paper.ts';
import { paymentCode } from './payment-code.ts';
import { type Texts, textsOf } from './texts.ts';
import type { InvoiceView } from './view.ts';
import { toWinAnsi } from './win-ansi.ts';

/** Edge of a printed code: a module of the densest one is a third of a millimetre, which any phone reads. */
const codeSize = 100;

/** White around a code, in modules, without which it is not read (ISO/IEC 18004). */
const quietModules = 4;

/**
 * The invoice as a PDF of A4 pages: what for, of which VAT, to whom, and how to pay it, at the bank or online, typed or
 * scanned. The same view always gives the same bytes.
 */
export async function renderInvoicePdf(view: InvoiceView): Promise<Buffer> {
  const texts = textsOf(view.language);
  const invoice = invoiceTextsOf(view.language);
  const about = {
    language: view.language,
    title: `${invoice.title} ${view.bank.reference}`,
    author: view.seller.name,
    createdAt: `${view.issuedOn}T00:00:00Z`,
  };
  return drawPaper(about, texts, (document) => {
    const test = view.testMode ? invoice.testMode : undefined;
    writeHead(document, { title: invoice.title, seller: view.seller, test }, texts);
    writeFacts(document, [
      [invoice.number, view.bank.reference],
      [invoice.date, formatDay(view.issuedOn, texts.locale)],
      ...(view.dueDate === undefined
        ? []
        : [[texts.dueDate, formatDay(view.dueDate, texts.locale)] as const]),
      [texts.reference, view.reference],
      ...view.customer.map((line, index) => [index === 0 ? invoice.customer : '', line] as const),
    ]);
    writeItems(document, view, texts);
    writeVat(document, view.items, texts);
    writePayment(document, view, texts, invoice);
  });
}

/** How wide the payment's names and values are: the two codes stand beside them, so that a usual bill is one page. */
const paymentFacts = { names: 92, values: 168 } as const;
const codeGap = 8;

/** The part a payer needs: where to, how much, under which number; kept together on one page. */
function writePayment(document: Document, view: InvoiceView, texts: Texts, invoice: InvoiceTexts): void {
  document.moveDown(1.5);
  const facts = [
    ...transferFacts(view.bank, view.language),
    [texts.toPay, formatMoney(view.total, texts.locale)] as const,
    ...(view.dueDate === undefined ? [] : [[texts.dueDate, formatDay(view.dueDate, texts.locale)] as const]),
  ];
  const height = 25 + Math.max(facts.length * 18, codeSize + 30);
  if (document.y + height > bottom) document.addPage();
  document.font('Helvetica-Bold').fontSize(13).fillColor(ink).text(toWinAnsi(invoice.payAtBank), margin);
  document.moveDown(0.4);
  const top = document.y;
  writeFacts(document, facts, paymentFacts);
  const code = paymentCode(view);
  const codes = [
    ...(code === undefined ? [] : [{ text: code, caption: invoice.scanAtBank }]),
    { text: view.payUrl, caption: invoice.scanOnline },
  ];
  const left = margin + paymentFacts.names + paymentFacts.values + codeGap;
  for (const [index, { text, caption }] of codes.entries()) {
    const x = left + index * (codeSize + codeGap);
    drawCode(document, text, x, top);
    document.font('Helvetica').fontSize(9).fillColor(quiet);
    document.text(toWinAnsi(caption), x, top + codeSize + 4, { width: codeSize });
  }
}

function drawCode(document: Document, text: string, x: number, y: number): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const step = codeSize / (modules.size + 2 * quietModules);
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column) === 0) continue;
      document.rect(x + (column + quietModules) * step, y + (row + quietModules) * step, step, step);
    }
  }
  document.fillColor('#000').fill();
}
