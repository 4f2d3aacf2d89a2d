import { languages } from '#kit/language.ts';
import { renderDocument } from './document.ts';
import { type Hole, type Html, html, isSafeAddress } from './html.ts';
import { textsOf } from './texts.ts';
import type { CheckoutView, RemindersView, Seller, UnknownView } from './view.ts';

type LinkPageView = Exclude<CheckoutView, UnknownView> | RemindersView;

/** A page about one payment link: the tenant's face above, the seller below, `main` between them. */
export function renderLinkPage(
  view: LinkPageView,
  page: { readonly title: string; readonly head?: Hole; readonly main: Html },
): Html {
  const texts = textsOf(view.language);
  const { brand, seller } = view;
  return renderDocument({
    language: view.language,
    title: `${page.title} – ${brand.name}`,
    stylesheet: view.urls.brandCss,
    head: page.head,
    body: html`<body>
<header>
${view.testMode && html`<p class="test-mode">${texts.testMode}</p>`}
<div class="brand column">
${brand.logoUrl !== undefined && isSafeAddress(brand.logoUrl) && html`<img src="${brand.logoUrl}" alt="" height="48">`}
<p>${brand.name}</p>
${renderLanguages(view)}
</div>
</header>
<main class="sheet column">
${page.main}
</main>
<footer class="column">
${renderReturn(view, texts.backTo(brand.name))}
${renderSeller(seller, texts.receipt.organizationNumber)}
${view.urls.reminders !== undefined && html`<p class="return"><a href="${view.urls.reminders}">${texts.reminders.link}</a></p>`}
</footer>
</body>`,
  });
}

/** The choice of language: closed until it is wanted, and without a script. */
function renderLanguages(view: LinkPageView): Html {
  const texts = textsOf(view.language);
  return html`<nav class="languages" aria-label="${texts.language}"><details>
<summary><span class="visually-hidden">${texts.language}:</span> ${texts.languageName}</summary>
<ul>
${languages.map((one) => html`<li><a href="${view.urls.inLanguage[one]}" lang="${one}" hreflang="${one}" aria-current="${String(one === view.language)}">${textsOf(one).languageName}</a></li>\n`)}
</ul>
</details></nav>`;
}

function renderReturn(view: LinkPageView, text: string): Hole {
  if (view.returnTo === undefined || !isSafeAddress(view.returnTo)) return undefined;
  return html`<p class="return"><a href="${view.returnTo}" rel="noreferrer">${text}</a></p>`;
}

function renderSeller(seller: Seller, organizationNumber: string): Html {
  const place = [seller.postalCode, seller.city].filter((part) => part !== undefined).join(' ');
  return html`<p><bdi>${seller.name}</bdi>${place !== '' && html`, <bdi>${place}</bdi>`}</p>
${seller.organizationNumber !== undefined && html`<p>${organizationNumber} <bdi>${seller.organizationNumber}</bdi></p>`}
${seller.website !== undefined && html`<p>${renderWebsite(seller.website)}</p>`}`;
}

function renderWebsite(website: string): Html {
  if (!URL.canParse(website) || !isSafeAddress(website)) return html`<bdi>${website}</bdi>`;
  return html`<a href="${website}" rel="noreferrer"><bdi>${website.replace(/^https?:\/\//, '')}</bdi></a>`;
}
