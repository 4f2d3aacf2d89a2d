import { assetPath } from './assets.ts';
import { renderDocument } from './document.ts';
import { formatInstant } from './format.ts';
import { type Html, html } from './html.ts';
import type { InboxMessage, InboxView } from './view.ts';

/** The demo's inbox: every SMS and e-mail of the test tenants, with the links in them to click. */
export function renderInbox(view: InboxView): Html {
  return renderDocument({
    language: 'en',
    stylesheet: assetPath('demo.css'),
    title: 'Inbox',
    body: html`<body>
<nav class="column wide" aria-label="Demo"><a href="${view.homeUrl}">Quittance demo</a></nav>
<main class="column wide">
<h1>Inbox</h1>
<p>Every SMS and e-mail the demo tenants have sent, newest first. Nothing leaves this machine.</p>
${view.messages.length === 0 && html`<p class="sheet empty">No messages yet. Distribute a payment link and its SMS shows here.</p>`}
<ul class="inbox">
${view.messages.map(renderMessage)}
</ul>
</main>
</body>`,
  });
}

const channelNames = { sms: 'SMS', email: 'E-mail' } as const;

function renderMessage(message: InboxMessage): Html {
  return html`<li class="message ${message.channel}"><article>
<header><span class="channel">${channelNames[message.channel]}</span> <bdi class="to">${message.to}</bdi>
<time datetime="${message.createdAt}">${formatInstant(message.createdAt, 'en-GB', 'UTC')} UTC</time> <span class="status">${message.status}</span></header>
${message.subject !== undefined && html`<h2>${message.subject}</h2>`}
<p class="text">${linkAddresses(message.text)}</p>
</article></li>
`;
}

/** Addresses in plain text become links; a full stop or bracket after one is not part of it. */
function linkAddresses(text: string): readonly (Html | string)[] {
  return text
    .split(/(https?:\/\/[^\s<>"'\\]*[^\s<>"'\\.,;:!?)\]])/)
    .map((part, index) => (index % 2 === 1 ? html`<a href="${part}">${part}</a>` : part));
}
