import { formatMoney } from '#kit/format-money.ts';
import type { Money } from '#kit/money.ts';
import { formatDay, formatPercent, formatQuantity } from './format.ts';
import { type Html, html } from './html.ts';
import { type Texts, textsOf } from './texts.ts';
import { summarizeVat } from './vat.ts';
import type { FundedView, Item, OpenView, PaidView, PendingView } from './view.ts';

type BillView = OpenView | PendingView | FundedView | PaidView;

/** An amount, large, under a small line saying what it is. */
export function renderAmount(label: string, amount: Money, locale: string): Html {
  return html`<span class="label">${label}</span> <span class="figure">${formatMoney(amount, locale)}</span>`;
}

export function renderDueFacts(view: BillView): Html {
  const texts = textsOf(view.language);
  return html`<dl class="facts">
${view.dueDate !== undefined && renderFact(texts.dueDate, formatDay(view.dueDate, texts.locale))}
${renderFact(texts.reference, view.reference)}
</dl>`;
}

export function renderFact(name: string, value: string): Html {
  return html`<div><dt>${name}</dt><dd><bdi>${value}</bdi></dd></div>`;
}

/** The lines, the VAT they contain and their sum. */
export function renderItems(view: BillView, caption: string): Html {
  const texts = textsOf(view.language);
  const { locale } = texts;
  return html`<table class="items">
<caption>${caption}</caption>
<thead class="visually-hidden"><tr><th scope="col">${texts.description}</th><th scope="col">${texts.amount}</th></tr></thead>
<tbody>
${view.items.map((item) => renderItem(item, texts))}
</tbody>
<tfoot>
<tr class="total"><th scope="row">${texts.total}</th><td>${formatMoney(view.total, locale)}</td></tr>
${summarizeVat(view.items).map(
  (row) => html`<tr class="vat"><th scope="row">${texts.includingVat(formatPercent(row.percent, locale))}</th>
<td>${formatMoney(row.vat, locale)}</td></tr>
`,
)}
</tfoot>
</table>`;
}

function renderItem(item: Item, texts: Texts): Html {
  const { locale } = texts;
  const single = item.quantity === '1';
  return html`<tr><th scope="row"><bdi>${item.description}</bdi>
${!single && html`<small>${formatQuantity(item.quantity, locale)} <bdi>${item.unit}</bdi> × ${formatMoney(item.unitPrice, locale)}</small>`}</th>
<td>${formatMoney(item.lineTotal, locale)}</td></tr>
`;
}
