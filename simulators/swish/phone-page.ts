/** The phone as a page: works without JavaScript. */
import { createHash } from 'node:crypto';
import { formatDecimal } from '#kit/money.ts';
import type { PaymentRequest } from './state.ts';

const style = `
:root { color-scheme: light; font: 16px/1.5 system-ui, sans-serif; color: #1c1c28; background: #d9dce4; }
body { margin: 0; padding: 1rem; }
.phone { max-width: 22rem; min-height: 38rem; margin: 0 auto; background: #fff; border: .75rem solid #1c1c28;
  border-radius: 2.5rem; overflow: hidden; display: flex; flex-direction: column; box-sizing: border-box; }
header { background: #4b2d73; color: #fff; padding: 1.25rem 1.25rem 1rem; }
h1 { font-size: 1.25rem; margin: 0; }
header p, main > p { margin: .25rem 0 0; }
main { padding: 1rem; flex: 1; }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem; }
li { border: 1px solid #c7c9d3; border-radius: 1rem; padding: 1rem; overflow-wrap: anywhere; }
li p { margin: 0; }
.amount { font-size: 1.75rem; font-weight: 700; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; margin-top: .75rem; }
button { width: 100%; padding: .8rem; font: inherit; font-weight: 600; border-radius: .75rem; border: 1px solid #1d6b3a;
  background: #1d6b3a; color: #fff; cursor: pointer; }
button.quiet { background: #fff; border-color: #4b2d73; color: #4b2d73; }
button:focus-visible, a:focus-visible { outline: 3px solid #b35c00; outline-offset: 2px; }
footer { padding: 1rem; border-top: 1px solid #c7c9d3; font-size: .875rem; }
footer p { margin: 0 0 .75rem; }
a { color: #4b2d73; }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

export const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** What waits to be approved, oldest first, and the switch between a person and nobody at the phone. */
export function phonePage(pending: readonly PaymentRequest[], waits: boolean): string {
  const list =
    pending.length === 0
      ? '<p>Nothing to approve.</p>'
      : `<ul>${pending.map((payment) => `<li>${card(payment)}</li>`).join('')}</ul>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Simulated phone</title>
<style>${style}</style></head><body><div class="phone">
<header><h1>Simulated Swish</h1><p>Every payer’s phone. No real money moves.</p></header>
<main>${list}<p><a href="/phone">Look again</a></p></main>
<footer>${mode(waits)}</footer></div></body></html>`;
}

function card({ id, payerAlias, merchant, amount, message }: PaymentRequest): string {
  const payer = payerAlias === undefined ? 'whoever scanned the code' : `+${payerAlias}`;
  return `<p class="amount">${formatDecimal(amount)} ${amount.currency}</p>
<p>to ${escapeText(merchant)}</p><p>from ${escapeText(payer)}</p><p>${escapeText(message)}</p>
<form method="post" action="/phone/${escapeText(id)}" class="pair">
<button class="quiet" name="action" value="decline">Decline</button>
<button name="action" value="approve">Approve</button></form>`;
}

function mode(waits: boolean): string {
  const says = waits
    ? 'Payments wait here for you, until their time is over.'
    : 'Payments are approved by themselves after a moment.';
  const button = waits ? ['auto', 'Do not wait for me'] : ['wait', 'Wait for me'];
  return `<p>${says}</p><form method="post" action="/phone"><button class="quiet" name="mode" value="${button[0]}">${button[1]}</button></form>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
}
