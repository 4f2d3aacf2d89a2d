import { renderDocument } from '../checkout/document.ts';
import { type Html, html } from '../checkout/html.ts';

export interface ConsentView {
  readonly application: string;
  readonly practice: string;
  /** Where the browser goes once this is answered. */
  readonly host: string;
  readonly pageUrl: string;
  /** What was asked for, to be sent back with the answer. */
  readonly asked: Readonly<Record<string, string>>;
  readonly wrongKey: boolean;
}

/** Asks who runs the practice whether an application may act for it. It needs no script, and keeps nothing. */
export function renderConsent(view: ConsentView): Html {
  const title = `Let ${view.application} in?`;
  return renderDocument({
    language: 'en',
    title,
    body: html`<body>
<main class="sheet column">
<h1>${title}</h1>
<p><bdi>${view.application}</bdi> asks to act for <bdi>${view.practice}</bdi>: to read its objects, to make and abort payment links, and to be told of what changes.</p>
<p>Afterwards you are taken to <bdi>${view.host}</bdi>. You can end this at any time by revoking the application.</p>
${view.wrongKey && html`<p class="problem" role="alert">That is not a key of ${view.practice}.</p>`}
<form method="post" action="${view.pageUrl}">
${Object.entries(view.asked).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<div class="field${view.wrongKey && ' wrong'}">
<label for="key">API key of ${view.practice}</label>
<input id="key" name="key" type="password" autocomplete="off" maxlength="256" required>
</div>
<div class="choices">
<button name="decision" value="allow">Allow</button>
<button class="quiet" name="decision" value="deny" formnovalidate>Do not allow</button>
</div>
</form>
</main>
</body>`,
  });
}

/** Asked in a way that cannot be answered anywhere: no redirect goes to an address nobody registered. */
export function renderUnasked(): Html {
  const title = 'This request cannot be answered';
  return renderDocument({
    language: 'en',
    title,
    body: html`<body><main class="sheet column"><h1>${title}</h1><p>The application, or the address it wants you to be sent back to, is not registered here.</p></main></body>`,
  });
}
