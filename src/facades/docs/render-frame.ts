import { renderDocument } from '#web/checkout/document.ts';
import { type Html, html } from '#web/checkout/html.ts';
import { stylesheet } from './stylesheet.ts';

/** The frame of the reference's pages, with the way back to the other ones. */
export function renderFrame(page: { readonly title: string; readonly body: Html }): Html {
  return renderDocument({
    language: 'en',
    title: page.title,
    stylesheet: stylesheet.path,
    body: html`<body>
<nav class="reading" aria-label="Reference"><a href="/docs">All APIs</a> <a href="/docs/errors">Errors</a></nav>
<main class="reading">
<h1>${page.title}</h1>
${page.body}
</main>
</body>`,
  });
}

/** Text in which what stands between backticks is code. */
export function renderText(text: string): Html {
  return html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}
