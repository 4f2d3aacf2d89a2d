/** The hosted card page: works without JavaScript, on a phone and on a desk. */
import { createHash } from 'node:crypto';
import { formatDecimal } from '#kit/money.ts';
import { hintedCards } from './cards.ts';
import type { Session } from './state.ts';
import { escapeXml } from './xml.ts';

const style = `
:root { color-scheme: light; font: 16px/1.5 system-ui, sans-serif; color: #14213d; background: #eef1f6; }
body { margin: 0; padding: 1rem; }
main { max-width: 26rem; margin: 1.5rem auto; background: #fff; border-radius: .75rem; padding: 1.5rem;
  box-shadow: 0 1px 3px rgb(20 33 61 / .2); }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
p { margin: 0 0 1rem; }
.test { background: #fff4d6; border-radius: .5rem; padding: .5rem .75rem; font-size: .875rem; }
.error { background: #fde8e8; border-radius: .5rem; padding: .5rem .75rem; color: #8a1c1c; }
label { display: block; margin: 0 0 1rem; font-weight: 600; }
input { box-sizing: border-box; display: block; width: 100%; margin-top: .25rem; padding: .7rem; font: inherit; font-weight: 400;
  border: 1px solid #7a869a; border-radius: .5rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
button { width: 100%; padding: .8rem; margin-top: .5rem; font: inherit; font-weight: 600; border-radius: .5rem;
  border: 1px solid #1b4db1; background: #1b4db1; color: #fff; cursor: pointer; }
button.quiet { background: #fff; color: #1b4db1; }
input:focus-visible, button:focus-visible, summary:focus-visible { outline: 3px solid #f5a623; outline-offset: 1px; }
details { margin-top: 1.25rem; font-size: .875rem; }
code { white-space: nowrap; }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** No `form-action`: browsers would apply it to the redirect back to the merchant as well. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'; base-uri 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/**
 * The form, with what was wrong with the last try. Nothing that was typed is ever put back into it, and the browser is
 * asked not to offer the payer's real cards.
 */
export function cardPage(session: Session, problem?: string): string {
  const amount = `${formatDecimal(session.amount)} ${session.amount.currency}`;
  const verb = session.txnType === 'Purchase' ? 'Pay' : 'Authorise';
  const error = problem === undefined ? '' : `<p class="error" role="alert">${escapeXml(problem)}</p>`;
  return document(
    `${verb} ${amount}`,
    `<p class="test">Test page. No real money moves, and no real card belongs here.</p>
<h1>${verb} ${amount}</h1>
<p>${escapeXml(session.merchantReference)}</p>${error}
<form method="post" autocomplete="off">
<label>Card number
<input name="CardNumber" inputmode="numeric" maxlength="24" required autofocus></label>
<label>Name on card
<input name="CardHolderName" maxlength="64" required></label>
<div class="pair"><label>Expires (MMYY)
<input name="DateExpiry" inputmode="numeric" maxlength="7" placeholder="1230" required></label>
<label>Security code
<input name="Cvc2" inputmode="numeric" maxlength="4" required></label></div>
<button name="action" value="pay">${verb} ${amount}</button>
<button class="quiet" name="action" value="cancel" formnovalidate>Cancel</button>
</form>
<details open><summary>Test cards</summary><ul>${hints()}</ul>
<p>Any name, any date to come, any three digits (four for American Express). An amount ending in .76 is declined.</p>
</details>`,
  );
}

/** A page that only says something. */
export function noticePage(title: string, text: string): string {
  return document(title, `<h1>${escapeXml(title)}</h1><p>${escapeXml(text)}</p>`);
}

function hints(): string {
  return hintedCards.map(([number, says]) => `<li><code>${number}</code> ${says}</li>`).join('');
}

function document(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeXml(title)}</title>
<style>${style}</style></head><body><main>${body}</main></body></html>`;
}
