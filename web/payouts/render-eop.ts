import { dollars, type Paper, setPaper, writeLines, writeRow, writeRule } from './paper.ts';
import type { ClaimView, PaymentView } from './view.ts';

/** The explanation of payment: what the 835 carries, for people. The same view always gives the same bytes. */
export async function renderEop(view: PaymentView): Promise<Buffer> {
  return setPaper(
    { title: `Explanation of payment ${view.traceNumber}`, author: view.payer.name, madeAt: view.madeAt },
    (paper) => writeEop(paper, view),
  );
}

/** The same on a paper that has something else on it already: the stub of a check. */
export function writeEop(paper: Paper, view: PaymentView): void {
  if (view.isTest) writeLines(paper, ['TEST: no money moves'], true);
  paper.font('Helvetica-Bold').fontSize(16).text('Explanation of payment');
  paper.moveDown(0.5);
  writeLines(paper, [view.payer.name], true);
  writeLines(paper, view.payer.lines);
  paper.moveDown(0.5);
  writeLines(paper, [`To: ${view.payee.name}`], true);
  writeLines(paper, view.payee.lines);
  paper.moveDown(0.5);
  writeLines(paper, [
    `Payment ${view.reference}, trace number ${view.traceNumber}`,
    `${view.method}, ${view.date}`,
    ...(view.memo === '' ? [] : [view.memo]),
  ]);
  paper.moveDown(0.8);
  if (view.claims.length > 0) writeClaims(paper, view.claims);
  for (const { name, amount } of view.adjustments)
    writeRow(paper, totalColumns, [`Provider adjustment ${name}`, dollars(-amount)], { rightFrom: 1 });
  writeRule(paper);
  writeRow(paper, totalColumns, ['Total paid', dollars(view.amount)], { bold: true, rightFrom: 1 });
}

const totalColumns = [404, 100] as const;
const claimColumns = [110, 94, 60, 60, 60, 60, 60] as const;
const claimHead = ['Patient', 'Claim', 'Charge', 'Adjustment', 'Amount', 'Patient owes', 'Paid'];

function writeClaims(paper: Paper, claims: readonly ClaimView[]): void {
  writeRow(paper, claimColumns, claimHead, { bold: true, rightFrom: 2 });
  for (const claim of claims) {
    writeRule(paper);
    const [first, ...others] = claim.adjustments;
    writeRow(
      paper,
      claimColumns,
      [
        `${claim.patient}\n${claim.dates}`,
        `${claim.controlNumber}\n${claim.payerControlNumber}`,
        dollars(claim.charge),
        first?.code ?? '',
        first === undefined ? '' : dollars(first.amount),
        dollars(claim.responsibility),
        dollars(claim.paid),
      ],
      { rightFrom: 2 },
    );
    for (const { code, amount } of others)
      writeRow(paper, claimColumns, ['', '', '', code, dollars(amount), '', ''], { rightFrom: 2 });
  }
}
