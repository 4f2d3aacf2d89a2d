import { renderAmount, renderDueFacts, renderItems } from './bill.ts';
import { type Hole, type Html, html } from './html.ts';
import { renderLinkPage } from './link-page.ts';
import { type Texts, textsOf } from './texts.ts';
import type { PendingView } from './view.ts';

/**
 * The page while a payment's outcome is awaited. The script asks `urls.status` and moves on when the state changes;
 * without the script the page reloads itself; and there is always a link to do so by hand.
 */
export function renderPending(view: PendingView): Html {
  const texts = textsOf(view.language);
  const { pending } = texts;
  const { title, text } = saidOf(view);
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
${view.app !== undefined && renderApp(view.app, texts.swish)}
<p><a href="${page}">${pending.checkAgain}</a></p>
</div>
${view.cancelUrl !== undefined && html`<form method="post" action="${view.cancelUrl}"><button type="submit" class="quiet">${texts.swish.cancel}</button></form>`}
<p>${renderAmount(texts.payTo(view.brand.name), view.total, texts.locale)}</p>
${renderDueFacts(view)}
${renderItems(view, texts.items)}`,
  });
}

function saidOf(view: PendingView): { readonly title: string; readonly text: string } {
  const { pending, swish } = textsOf(view.language);
  if (view.app !== undefined) return swish;
  return view.continueUrl === undefined ? pending : pending.begun;
}

/** On a phone the button, elsewhere the code: the stylesheet knows which. */
function renderApp({ url, codeUrl }: NonNullable<PendingView['app']>, texts: Texts['swish']): Hole {
  return [
    url !== undefined &&
      html`<p class="on-phone"><a class="button" href="${url}" rel="noreferrer">${texts.openApp}</a></p>`,
    codeUrl !== undefined &&
      html`<figure class="on-desk"><img src="${codeUrl}" alt="${texts.code}" width="232" height="232"><figcaption>${texts.scan}</figcaption></figure>`,
  ];
}
