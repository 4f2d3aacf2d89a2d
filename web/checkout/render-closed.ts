import { type Html, html } from './html.ts';
import { renderLinkPage } from './link-page.ts';
import { textsOf } from './texts.ts';
import type { ClosedView } from './view.ts';

/** The page of a link that has expired or was withdrawn. It no longer says what was to be paid. */
export function renderClosed(view: ClosedView): Html {
  const texts = textsOf(view.language);
  const closed = texts[view.state];
  return renderLinkPage(view, {
    title: closed.title,
    main: html`<h1>${closed.title}</h1>
<p>${closed.text(view.brand.name)}</p>
<p class="note">${texts.reference}: <bdi>${view.reference}</bdi></p>`,
  });
}
