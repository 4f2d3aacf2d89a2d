/** The card page of a processor: works without JavaScript, on a phone and on a desk. */
import { createHash } from 'node:crypto';
import { formatDecimal, type Money } from '#kit/money.ts';
import { type EnteredCard, passesLuhn } from './card-numbers.ts';

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

/** What a card page shows. */
export interface CardPage {
  readonly amount: Money;
  readonly verb: 'Pay' | 'Authorise';
  /** What the merchant wrote of the purchase. */
  readonly about: string;
  /** Numbers to try, with what becomes of each. */
  readonly hints: readonly (readonly [number: string, says: string])[];
  readonly note: string;
  /** What was wrong with the last try. */
  readonly problem?: string;
}

/**
 * The form, with what was wrong with the last try. Nothing that was typed is ever put back into it, and the browser is
 * asked not to offer the payer's real cards.
 */
export function renderCardPage({ verb, about, hints, note, problem, ...page }: CardPage): string {
  const amount = `${formatDecimal(page.amount)} ${page.amount.currency}`;
  const error = problem === undefined ? '' : `<p class="error" role="alert">${escapeHtml(problem)}</p>`;
  const listed = hints.map(([number, says]) => `<li><code>${number}</code> ${says}</li>`).join('');
  return document(
    `${verb} ${amount}`,
    `<p class="test">Test page. No real money moves, and no real card belongs here.</p>
<h1>${verb} ${amount}</h1>
<p>${escapeHtml(about)}</p>${error}
<form method="post" autocomplete="off">
<label>Card number
<input name="CardNumber" inputmode="numeric" maxlength="24" required></label>
<label>Name on card
<input name="CardHolderName" maxlength="64" required></label>
<div class="pair"><label>Expires (MMYY)
<input name="DateExpiry" inputmode="numeric" maxlength="7" placeholder="1230" required></label>
<label>Security code
<input name="Cvc2" inputmode="numeric" maxlength="4" required></label></div>
<button name="action" value="pay">${verb} ${amount}</button>
<button class="quiet" name="action" value="cancel" formnovalidate>Cancel</button>
</form>
<details open><summary>Test cards</summary><ul>${listed}</ul>
<p>${note}</p>
</details>`,
  );
}

/** What the payer typed into the form. */
export function readCard(form: URLSearchParams): EnteredCard {
  return {
    number: (form.get('CardNumber') ?? '').replace(/[ -]/g, ''),
    expiry: (form.get('DateExpiry') ?? '').replace(/[ /]/g, ''),
    holder: (form.get('CardHolderName') ?? '').trim(),
  };
}

/** What the payer can put right before any bank is asked. */
export function findProblem(card: EnteredCard, form: URLSearchParams): string | undefined {
  if (!passesLuhn(card.number)) return 'This is not a card number. Please check it.';
  if (!/^(0[1-9]|1[0-2])\d\d$/.test(card.expiry)) {
    return 'The expiry date is four digits: month and year, as on the card.';
  }
  const securityCode = form.get('Cvc2') ?? '';
  return /^(\d{3,4})?$/.test(securityCode) ? undefined : 'The security code is three or four digits.';
}

/** A page that only says something. */
export function renderNotice(title: string, text: string): string {
  return document(title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>`);
}

function document(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title>
<style>${style}</style></head><body><main>${body}</main></body></html>`;
}

/** Escapes text for an element or an attribute. What HTML has no character for is left out. */
function escapeHtml(text: string): string {
  return text
    .replace(/[^\x20-\x7e\u{a0}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
