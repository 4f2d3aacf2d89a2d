import { renderDocument } from './document.ts';
import { type Html, html } from './html.ts';
import { textsOf } from './texts.ts';
import type { UnknownView } from './view.ts';

/** The page for every address that is no link: made from the reader's language alone, so it can give nothing away. */
export function renderUnknown(view: UnknownView): Html {
  const { unknownLink } = textsOf(view.language);
  return renderDocument({
    language: view.language,
    title: unknownLink.title,
    body: html`<body><main class="sheet column"><h1>${unknownLink.title}</h1><p>${unknownLink.text}</p></main></body>`,
  });
}
