import { formatMoney } from '#kit/format-money.ts';
import { formatInstant } from './format.ts';
import { invoiceTextsOf } from './invoice-texts.ts';
import { drawPaper, writeFacts, writeHead, writeItems, writeVat } from './paper.ts';
import { paidWith, textsOf } from './texts.ts';
import type { PaidView } from './view.ts';

/**
 * The receipt as a PDF of A4 pages. The same view always gives the same bytes: every date is the view's own. Set in
 * PDF's standard fonts, so letters outside Windows-1252 are written as their nearest ({@link toWinAnsi}).
 */
export async function renderReceiptPdf(view: PaidView): Promise<Buffer> {
  const texts = textsOf(view.language);
  const { receipt, seller } = view;
  const about = {
    language: view.language,
    title: `${texts.receipt.title} ${receipt.number}`,
    author: seller.name,
    createdAt: receipt.paidAt,
  };
  return drawPaper(about, texts, (document) => {
    const test = view.testMode ? texts.receipt.testMode : undefined;
    writeHead(document, { title: texts.receipt.title, seller, test }, texts);
    writeFacts(document, [
      [texts.receipt.number, receipt.number],
      [texts.receipt.paidAt, formatInstant(receipt.paidAt, texts.locale, receipt.timeZone)],
      [texts.receipt.method, paidWith(view, texts)],
      ...(receipt.paid === undefined
        ? []
        : [[invoiceTextsOf(view.language).received, formatMoney(receipt.paid, texts.locale)] as const]),
      [texts.reference, view.reference],
    ]);
    writeItems(document, view, texts);
    writeVat(document, view.items, texts);
  });
}
