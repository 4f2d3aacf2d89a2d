import { formatMoney } from '#kit/format-money.ts';
import { assetPath } from './assets.ts';
import { renderDocument } from './document.ts';

import { type Html, html } from './html.ts';
import type { HomeView } from './view.ts';

/** The demo's front page: a link to pay at once, and where everything else is. */
export function renderHome(view: HomeView): Html {
  const { urls } = view;
  return renderDocument({
    language: 'en',
    stylesheet: assetPath('demo.css'),
    title: 'Quittance demo',
    body: html`<body>
<main class="column wide">
<h1>Quittance</h1>
<p class="lead">A payments server for people who give or pay for care. This is the demo: test tenants, simulated processors, no real money.</p>
<section class="sheet" aria-labelledby="pay">
<h2 id="pay">Pay a link now</h2>
${view.links.length === 0 && html`<p>No open link. Create one over the API and find it in the inbox.</p>`}
<ul class="links">
${view.links.map((link) => html`<li><a class="button" href="${link.url}">Pay ${formatMoney(link.amount, 'en-GB')}</a> <span>${link.title}</span></li>\n`)}
</ul>
<p class="note">Card <code>4111 1111 1111 1111</code> with any name, future date and CVC is approved. Swish is approved by itself after two seconds, or by you on the <a href="${urls.phone}">simulated phone</a>.</p>
</section>
<ul class="tiles">
<li><a href="${urls.inbox}">Inbox</a><p>The SMS and e-mails that were sent, with their links.</p></li>
<li><a href="${urls.docs}">API reference</a><p>Every call of every façade.</p></li>
<li><a href="${urls.demoJson}">demo.json</a><p>Addresses and test keys, for programs.</p></li>
<li><a href="${urls.audit}">Audit</a><p>The books, checked against the processors’.</p></li>
</ul>
</main>
</body>`,
  });
}
