import type { Language } from '#kit/language.ts';
import { renderFact } from './bill.ts';
import { type Html, html } from './html.ts';
import { invoiceTextsOf } from './invoice-texts.ts';
import type { BankTransfer } from './view.ts';

/** Where to transfer and under which number, as names and values. */
export function transferFacts(
  bank: BankTransfer,
  language: Language,
): readonly (readonly [string, string])[] {
  const texts = invoiceTextsOf(language);
  const { bankgiro, account, iban, bic } = bank.account;
  return [
    [texts.reference[bank.kind], bank.reference] as const,
    ...(bankgiro === undefined ? [] : [[texts.bankgiro, bankgiro] as const]),
    ...(account === undefined ? [] : [[texts.account, account] as const]),
    ...(iban === undefined ? [] : [['IBAN', iban] as const]),
    ...(bic === undefined ? [] : [['BIC', bic] as const]),
  ];
}

/** The part of a page that says how to pay at a bank, with the invoice to download. */
export function renderTransfer(bank: BankTransfer, language: Language): Html {
  const texts = invoiceTextsOf(language);
  return html`<section aria-labelledby="bank">
<h2 id="bank">${texts.payAtBank}</h2>
<dl class="facts">
${transferFacts(bank, language).map(([name, value]) => renderFact(name, value))}
</dl>
<p class="note">${texts.note}</p>
<p class="download"><a class="button quiet" href="${bank.pdfUrl}">${texts.download}</a></p>
</section>`;
}
