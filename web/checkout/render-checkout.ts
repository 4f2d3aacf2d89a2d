import { formatMoney } from '#kit/format-money.ts';
import { renderTransfer } from './bank-transfer.ts';
import { renderAmount, renderDueFacts, renderItems } from './bill.ts';

import { type Html, html } from './html.ts';
import { renderLinkPage } from './link-page.ts';
import { textsOf } from './texts.ts';
import type { CardKeeping, OpenView, PaymentMethod } from './view.ts';

/**
 * The page a payer pays from: what it costs, one form per payment method, what it is for. After an attempt that
 * brought no money the same page says so first, and can be paid again.
 */
export function renderCheckout(view: OpenView): Html {
  const texts = textsOf(view.language);
  const problem = view.state === 'failed' ? texts.problem[view.problem] : undefined;
  return renderLinkPage(view, {
    title: problem?.title ?? texts.toPay,
    main: html`${problem !== undefined && html`<div class="notice problem" role="alert"><p class="title">${problem.title}</p><p>${problem.text}</p></div>`}
<h1>${renderAmount(texts.payTo(view.brand.name), view.total, texts.locale)}</h1>
${renderDueFacts(view)}
${
  (view.methods.length > 0 || view.bank === undefined) &&
  html`<section class="methods" aria-labelledby="methods">
<h2 id="methods">${texts.chooseMethod}</h2>
${view.methods.length === 0 ? html`<p>${texts.noMethod}</p>` : view.methods.map((method) => renderMethod(view, method))}
</section>`
}
${view.bank !== undefined && renderTransfer(view.bank, view.language)}
${renderItems(view, texts.items)}`,
  });
}

function renderMethod(view: OpenView, method: PaymentMethod): Html {
  const texts = textsOf(view.language);
  const amount = formatMoney(view.total, texts.locale);
  return html`<form method="post" action="${view.urls.page}">
<input type="hidden" name="attempt" value="${view.attemptId}">
${method === 'swish' && renderPhone(view)}
${method === 'card' && view.keepsCard !== undefined && renderKeeping(view, view.keepsCard)}
<button type="submit" name="method" value="${method}" aria-describedby="note-${method}">${texts.payBy[method](amount)}</button>
<p class="note" id="note-${method}">${texts.methodNote[method]}</p>
</form>
`;
}

/** Nothing is ticked beforehand: consent is given, not forgotten to be taken back. */
function renderKeeping(view: OpenView, keeping: CardKeeping): Html {
  const text = keepingText(view, keeping);
  if (!keeping.asks) return html`<p class="note">${text}</p>`;
  return html`<label class="consent"><input type="checkbox" name="keep" value="yes"> ${text}</label>`;
}

/** What a payer reads of keeping the card, and agrees to. */
export function keepingText(
  { language, brand }: Pick<OpenView, 'language' | 'brand'>,
  keeping: CardKeeping,
): string {
  const { ask, tell } = textsOf(language).keepCard[keeping.use];
  return (keeping.asks ? ask : tell)(brand.name);
}

/** Where there is no app to open, the payer may be found by phone number. A phone opens its own. */
function renderPhone({ language, phoneProblem }: OpenView): Html {
  const { swish } = textsOf(language);
  const isWrong = phoneProblem !== undefined;
  return html`<div class="on-desk field${isWrong && ' wrong'}">
<label for="phone">${swish.phone}</label>
<input id="phone" name="phone" type="tel" autocomplete="tel" maxlength="40" value="${phoneProblem}" aria-describedby="phone-note">
<p id="phone-note" class="note" role="${isWrong ? 'alert' : 'note'}">${isWrong ? swish.phoneProblem : swish.phoneNote}</p>
</div>`;
}
