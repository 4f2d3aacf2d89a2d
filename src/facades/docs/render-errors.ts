import type { Facade } from '#http/facade.ts';
import { CoreError, errorCodes } from '#kit/errors.ts';
import { type Html, html } from '#web/checkout/html.ts';
import { errorMeanings } from './error-meanings.ts';
import { renderFrame, renderText } from './render-frame.ts';

/** The catalogue: every code, what it means, and with which status each API tells it. */
export function renderErrors(facades: readonly Facade[]): Html {
  return renderFrame({
    title: 'Errors',
    body: html`<p class="lead">Every refusal has a code of this catalogue. Each API tells it in its own words and with its own status.</p>
<div class="scroll" role="region" aria-label="The catalogue" tabindex="0"><table class="errors">
<thead><tr><th scope="col">Code</th><th scope="col">Meaning</th>${facades.map(({ name }) => html`<th scope="col" class="status">${name}</th>`)}</tr></thead>
<tbody>
${errorCodes.map(
  (
    code,
  ) => html`<tr id="${code}"><th scope="row"><code>${code}</code></th><td>${renderText(errorMeanings[code])}</td>${facades.map(
    (facade) => html`<td class="status">${facade.renderError(new CoreError(code, '')).status}</td>`,
  )}</tr>
`,
)}</tbody></table></div>`,
  });
}
