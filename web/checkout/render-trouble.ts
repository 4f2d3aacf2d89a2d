import { renderDocument } from './document.ts';
import { type Html, html } from './html.ts';
import { textsOf } from './texts.ts';
import type { TroubleView } from './view.ts';

/** The page of a failure on our side. It says what a payer must know then: to look before paying again. */
export function renderTrouble({ language }: TroubleView): Html {
  const { trouble } = textsOf(language);
  return renderDocument({
    language,
    title: trouble.title,
    body: html`<body><main class="sheet column"><h1>${trouble.title}</h1><p>${trouble.text}</p></main></body>`,
  });
}
