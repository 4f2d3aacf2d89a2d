import { formatMoney } from '#kit/format-money.ts';
import { renderTransfer } from './bank-transfer.ts';
import { renderAmount, renderFact, renderItems } from './bill.ts';
import { type Html, html } from './html.ts';
import { invoiceTextsOf } from './invoice-texts.ts';
import { renderLinkPage } from './link-page.ts';
import { textsOf } from './texts.ts';
import type { FundedView } from './view.ts';

/**
 * The page of a link for which money has come by transfer that does not pay it: what has come, what is left, and how to
 * pay that. It offers no card, by which a payer would pay twice.
 */
export function renderFunded(view: FundedView): Html {
  const texts = textsOf(view.language);
  const invoice = invoiceTextsOf(view.language);
  const { title, text } = invoice.funded[view.funding];
  const difference = view.funding === 'over' ? invoice.surplus : invoice.missing;
  return renderLinkPage(view, {
    title,
    main: html`<h1>${title}</h1>
<p>${text(view.brand.name)}</p>
${view.funding !== 'exact' && html`<p>${renderAmount(difference, view.difference, texts.locale)}</p>`}
<dl class="facts">
${renderFact(texts.toPay, formatMoney(view.total, texts.locale))}
${renderFact(invoice.received, formatMoney(view.received, texts.locale))}
${renderFact(texts.reference, view.reference)}
</dl>
${view.funding === 'short' && view.bank !== undefined && renderTransfer(view.bank, view.language)}
${renderItems(view, texts.items)}`,
  });
}
