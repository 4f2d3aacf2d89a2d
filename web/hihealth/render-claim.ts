import { formatMoney } from '#kit/format-money.ts';
import { renderDocument } from '../checkout/document.ts';
import { type Hole, type Html, html, isSafeAddress } from '../checkout/html.ts';
import { claimTexts } from './texts.ts';
import type { ClaimView } from './view.ts';

type Texts = ReturnType<typeof claimTexts>;
type At<Stage extends ClaimView['stage']> = ClaimView & { readonly stage: Stage };

/** The payer's page of a payment to be claimed. Every step is a form; none needs a script. */
export function renderClaim(view: ClaimView): Html {
  const texts = claimTexts(view.language);
  const title = texts.title(view.seller);
  return renderDocument({
    language: view.language,
    title,
    body: html`<body>
<header>
${view.testMode && html`<p class="test-mode">${texts.testMode}</p>`}
<div class="brand column"><p>${view.seller}</p></div>
</header>
<main class="sheet column">
<h1>${title}</h1>
<p class="amount">${formatMoney(view.total, texts.locale)}</p>
${view.reference !== null && html`<p class="note">${texts.reference}: <bdi>${view.reference}</bdi></p>`}
${view.problem !== undefined && html`<p class="problem" role="alert">${texts.problem[view.problem]}</p>`}
${renderStage(view, texts)}
</main>
</body>`,
  });
}

function renderStage(view: ClaimView, texts: Texts): Html {
  switch (view.stage) {
    case 'identify':
      return renderIdentify(view, texts);
    case 'code':
      return renderCode(view, texts);
    case 'review':
      return renderReview(view, texts);
    case 'waiting':
      return renderWaiting(view, texts);
    case 'cancelled':
    case 'denied':
      return html`<p>${texts[view.stage]}</p>
${isSafeAddress(view.returnTo) && html`<p><a href="${view.returnTo}" rel="noreferrer">${texts.back(view.seller)}</a></p>`}`;
  }
}

function renderIdentify(view: ClaimView, texts: Texts): Html {
  return html`<h2>${texts.identify.title}</h2>
<form method="post" action="${view.pageUrl}">
<p><label>${texts.identify.contact}<br><input name="contact" autocomplete="email" maxlength="254" required></label></p>
<p><button class="button" name="action" value="claim">${texts.identify.button}</button></p>
</form>
${renderCancel(view, texts)}`;
}

function renderCode(view: At<'code'>, texts: Texts): Html {
  return html`<h2>${texts.code.title}</h2>
<p>${texts.code.sent(view.contact)}</p>
<form method="post" action="${view.pageUrl}">
<input type="hidden" name="contact" value="${view.contact}">
<p><label>${texts.code.code}<br><input name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="12" required></label></p>
<p><button class="button" name="action" value="verify">${texts.code.button}</button></p>
</form>
<form method="post" action="${view.pageUrl}">
<input type="hidden" name="contact" value="${view.contact}">
<p><button name="action" value="claim">${texts.code.again}</button></p>
</form>`;
}

function renderReview(view: At<'review'>, texts: Texts): Html {
  const { review } = texts;
  const session = html`<input type="hidden" name="session" value="${view.session}">`;
  return html`<h2>${review.title}</h2>
${view.prescription !== undefined && renderPrescription(view, session, texts)}
<form method="post" action="${view.pageUrl}">
${session}
${view.onlyHolds && html`<p class="note">${review.note}</p>`}
<p><button class="button" name="action" value="confirm">${view.onlyHolds ? review.hold : review.pay}</button></p>
</form>
${renderCancel(view, texts, session)}`;
}

function renderPrescription(view: At<'review'>, session: Html, texts: Texts): Html {
  const { prescription } = texts;
  return html`<p>${view.prescription === 'uploaded' ? prescription.uploaded : prescription.missing}</p>
<form method="post" action="${view.pageUrl}" enctype="multipart/form-data">
${session}
<p><label>${prescription.label}<br><input type="file" name="document" accept="application/pdf" required></label></p>
<p><button name="action" value="upload">${prescription.button}</button></p>
</form>`;
}

function renderWaiting(view: At<'waiting'>, texts: Texts): Html {
  const { waiting } = texts;
  return html`<h2>${waiting.title}</h2>
<p>${waiting.text}</p>
${view.continueUrl !== undefined && html`<p><a class="button" href="${view.continueUrl}" rel="noreferrer">${waiting.resume}</a></p>`}
<p><a href="${view.pageUrl}">${waiting.look}</a></p>`;
}

function renderCancel(view: ClaimView, texts: Texts, session?: Hole): Html {
  return html`<form method="post" action="${view.pageUrl}">
${session}
<p><button name="action" value="cancel">${texts.cancel}</button></p>
</form>`;
}
