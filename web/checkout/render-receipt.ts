import { renderAmount, renderFact, renderItems } from './bill.ts';
import { formatInstant } from './format.ts';
import { type Html, html } from './html.ts';
import { check } from './icons.ts';
import { renderLinkPage } from './link-page.ts';
import { paidWith, textsOf } from './texts.ts';
import type { PaidView } from './view.ts';

/** The page of a paid link: thanks, and the receipt to keep, print or download. */
export function renderReceipt(view: PaidView): Html {
  const texts = textsOf(view.language);
  const { receipt } = view;
  return renderLinkPage(view, {
    title: texts.receipt.title,
    main: html`<div class="done">${check}<h1>${texts.paid.title}</h1><p>${texts.paid.text(view.brand.name)}</p></div>
<section aria-labelledby="receipt">
<h2 id="receipt">${texts.receipt.title}</h2>
<p>${renderAmount(texts.total, receipt.paid ?? view.total, texts.locale)}</p>
<dl class="facts">
${renderFact(texts.receipt.paidAt, formatInstant(receipt.paidAt, texts.locale, receipt.timeZone))}
${renderFact(texts.receipt.method, paidWith(view, texts))}
${renderFact(texts.receipt.number, receipt.number)}
${renderFact(texts.reference, view.reference)}
</dl>
${renderItems(view, texts.receipt.items)}
</section>
<p class="download"><a class="button quiet" href="${receipt.pdfUrl}">${texts.receipt.download}</a></p>`,
  });
}
