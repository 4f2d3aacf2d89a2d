import type { Facade } from '#http/facade.ts';
import { type Html, html } from '#web/checkout/html.ts';
import { renderFrame, renderText } from './render-frame.ts';

/** The first page of the reference: which APIs there are, and where each is. */
export function renderIndex(facades: readonly Facade[]): Html {
  return renderFrame({
    title: 'API reference',
    body: html`<p class="lead">Several payment APIs over one set of books: what is made in one is seen and refunded in another.</p>
<ul class="apis">
${facades.map(
  (facade) => html`<li><a href="${`/docs/${facade.name}`}">${facade.title}</a>
<p>${renderText(facade.about)}</p>
<p><code>${facade.prefix}</code> · ${facade.routes.length} calls · <a href="${`${facade.prefix}/openapi.json`}">OpenAPI<span class="visually-hidden"> of ${facade.title}</span></a></p></li>
`,
)}</ul>
<p>Whatever goes wrong has a code with one meaning in all of them: <a href="/docs/errors">the errors</a>. Every call that changes anything takes an <code>Idempotency-Key</code>: asked again with the same key it does nothing twice and answers as before.</p>`,
  });
}
