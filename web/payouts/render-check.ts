import { toWinAnsi } from '../checkout/win-ansi.ts';
import { micrLine, writeMicr } from './micr.ts';
import { dollars, margin, type Paper, setPaper, width } from './paper.ts';
import { writeEop } from './render-eop.ts';
import type { PaymentView } from './view.ts';
import { inWords } from './words.ts';

/** A check takes the upper third of a letter page; its stub is what is below, and more pages where that is long. */
const checkBottom = 252;

/**
 * The check with its MICR line, and the explanation of payment as its stub. Printed on plain paper it is a picture of a
 * check: a real one needs magnetic toner and the bank's approval of a specimen.
 */
export async function renderCheck(view: PaymentView): Promise<Buffer> {
  return setPaper(
    { title: `Check ${view.traceNumber}`, author: view.payer.name, madeAt: view.madeAt },
    (paper) => {
      writeFace(paper, view);
      writeMicr(paper, micrLine(view), checkBottom - 22);
      paper.moveTo(0, checkBottom).lineTo(612, checkBottom).dash(3, { space: 3 }).stroke().undash();
      paper.x = margin;
      paper.y = checkBottom + 18;
      writeEop(paper, view);
    },
  );
}

function writeFace(paper: Paper, view: PaymentView): void {
  const right = margin + width - 150;
  paper.font('Helvetica-Bold').fontSize(11).text(toWinAnsi(view.payer.name), margin, 30);
  paper.font('Helvetica').fontSize(8);
  for (const line of view.payer.lines) paper.text(toWinAnsi(line));
  paper.fontSize(11).text(view.traceNumber, right, 30, { width: 150, align: 'right' });
  paper.fontSize(9).text(view.date, right, 50, { width: 150, align: 'right' });
  paper.fontSize(8).text(toWinAnsi(view.bankName), right, 66, { width: 150, align: 'right' });
  paper.fontSize(10).text('PAY TO THE ORDER OF', margin, 100);
  paper.font('Helvetica-Bold').text(toWinAnsi(view.payee.name), margin + 130, 100, { width: 250 });
  paper.fontSize(12).text(`**${dollars(view.amount)}`, right, 98, { width: 150, align: 'right' });
  paper
    .font('Helvetica')
    .fontSize(10)
    .text(toWinAnsi(inWords(view.amount)), margin, 124, { width });
  const address = [view.sendTo.name, ...view.sendTo.lines];
  paper.fontSize(9).text(address.map(toWinAnsi).join('\n'), margin + 20, 148);
  paper.fontSize(8).text(toWinAnsi(view.memo === '' ? '' : `MEMO ${view.memo}`), margin, 206, { width: 280 });
  paper
    .moveTo(right - 50, 212)
    .lineTo(margin + width, 212)
    .lineWidth(0.5)
    .stroke();
  paper.text('AUTHORIZED SIGNATURE', right - 50, 215);
  const mark = view.isVoided ? 'VOID' : view.isTest ? 'TEST, NOT NEGOTIABLE' : '';
  if (mark === '') return;
  paper.save().fillColor('#888').opacity(0.35).font('Helvetica-Bold').fontSize(34);
  paper.text(mark, margin, 150, { width, align: 'center' }).restore();
}
