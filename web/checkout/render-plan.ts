import { localDate } from '#kit/calendar.ts';
import { formatMoney } from '#kit/format-money.ts';
import type { Money } from '#kit/money.ts';
import { renderDocument } from './document.ts';
import { formatDay } from './format.ts';
import { type Html, html } from './html.ts';

/** The page on which a payer looks after a plan: what it costs, when, by which card, and what they can do about it. */
export interface PlanView {
  readonly seller: string;
  readonly description: string;
  readonly amount: Money;
  readonly every: 'day' | 'week' | 'fortnight' | 'month' | 'quarter' | 'year';
  readonly state: 'new' | 'active' | 'owing' | 'suspended' | 'cancelled' | 'completed';
  /** The last two digits of the card it is paid from. */
  readonly cardEnding?: string;
  /** What is still to be taken in this term, in order. */
  readonly charges: readonly { readonly at: string; readonly amount: Money }[];
  readonly timeZone: string;
  readonly testMode: boolean;
  /** The page itself: what the forms post to. */
  readonly pageUrl: string;
}

const locale = 'en-AU';

const headings = {
  new: 'Not started yet',
  active: 'Active',
  owing: 'The last payment failed',
  suspended: 'Suspended: payments failed',
  cancelled: 'Cancelled',
  completed: 'Completed',
} as const satisfies Record<PlanView['state'], string>;

const explanations = {
  new: 'Enter a card to start. It is kept by the payment provider and charged on the dates below.',
  active: 'Nothing is owed. The card is charged on the dates below.',
  owing: 'We try again by ourselves. To settle it now, pay, or enter another card.',
  suspended: 'Nothing more is charged by itself. Pay what is owed, with this card or with another one.',
  cancelled: 'Nothing more is charged.',
  completed: 'All payments have been made. Thank you.',
} as const satisfies Record<PlanView['state'], string>;

export function renderPlan(view: PlanView): Html {
  return renderDocument({
    language: 'en',
    title: `${view.description}: ${headings[view.state]}`,
    body: html`<body>
<header>
${view.testMode && html`<p class="test-mode">Test mode. No real money moves.</p>`}
<div class="brand column"><p>${view.seller}</p></div>
</header>
<main class="sheet column">
<h1>${view.description}</h1>
<p class="figure">${formatMoney(view.amount, locale)} <span class="note">every ${view.every}</span></p>
<p><strong>${headings[view.state]}.</strong> ${explanations[view.state]}</p>
${view.cardEnding !== undefined && html`<p class="note">Paid by the card ending in ${view.cardEnding}.</p>`}
${renderActions(view)}
${view.charges.length > 0 && renderCharges(view)}
</main>
</body>`,
  });
}

function renderActions(view: PlanView): Html | false {
  const { state } = view;
  if (state === 'cancelled' || state === 'completed') return false;
  const owes = state === 'owing' || state === 'suspended';
  return html`<div class="methods">
${owes && renderAction(view, 'kept-card', 'Pay now')}
${renderAction(view, 'card', state === 'new' ? 'Enter a card' : 'Enter another card')}
</div>`;
}

const renderAction = ({ pageUrl }: PlanView, method: string, label: string): Html =>
  html`<form method="post" action="${pageUrl}"><button name="method" value="${method}">${label}</button></form>`;

function renderCharges({ charges, timeZone }: PlanView): Html {
  return html`<table class="items">
<caption>Payments to come</caption>
<thead class="visually-hidden"><tr><th scope="col">Date</th><th scope="col">Amount</th></tr></thead>
<tbody>
${charges.map(
  ({ at, amount }) =>
    html`<tr><th scope="row"><time datetime="${at}">${formatDay(localDate(new Date(at), timeZone), locale)}</time></th><td>${formatMoney(amount, locale)}</td></tr>
`,
)}
</tbody>
</table>`;
}
