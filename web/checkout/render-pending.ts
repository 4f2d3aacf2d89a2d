import { renderAmount, renderDueFacts, renderItems } from './bill.ts';
import { type Html, html } from './html.ts';
import { renderLinkPage } from './link-page.ts';
import { textsOf } from './texts.ts';
import type { PendingView } from './view.ts';

/**
 * The page while a payment's outcome is awaited. The script asks `urls.status` and moves on when the state changes;
 * without the script the page reloads itself; and there is always a link to do so by hand.
 */
export function renderPending(view: PendingView): Html {
  const texts = textsOf(view.language);
  const { pending } = texts;
  const { title, text } = view.continueUrl === undefined ? pending : pending.begun;
  const { page, status } = view.urls;
  return renderLinkPage(view, {
    title,
    head: html`<noscript><meta http-equiv="refresh" content="${view.pollSeconds}"></noscript>`,
    main: html`<div class="waiting" data-status="${status}" data-page="${page}" data-seconds="${view.pollSeconds}">
<span class="spinner" aria-hidden="true"></span>
<h1>${title}</h1>
<div role="status"><p>${text}</p><p data-late="${pending.stillWaiting}"></p></div>
<p>${pending.mayClose}</p>
${view.continueUrl !== undefined && html`<p><a class="button" href="${view.continueUrl}" rel="noreferrer">${pending.begun.continue}</a></p>`}
<p><a href="${page}">${pending.checkAgain}</a></p>
</div>
<p>${renderAmount(texts.payTo(view.brand.name), view.total, texts.locale)}</p>
${renderDueFacts(view)}
${renderItems(view, texts.items)}`,
  });
}
