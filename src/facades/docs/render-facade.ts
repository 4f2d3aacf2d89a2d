import type { TSchema } from 'typebox';
import type { Facade, Route } from '#http/facade.ts';
import { type Html, html } from '#web/checkout/html.ts';
import { flattenSchema, type PropertyRow, writeType } from './flatten-schema.ts';
import { renderFrame, renderText } from './render-frame.ts';

/** One API: how to prove who asks, and every call of its table with what goes in and comes out. */
export function renderFacade(facade: Facade): Html {
  return renderFrame({
    title: facade.title,
    body: html`<p class="lead">${renderText(facade.about)}</p>
<p>Every path begins with <code>${facade.prefix}</code>. For programs: <a href="${`${facade.prefix}/openapi.json`}">the OpenAPI document</a>.</p>
<h2>Credentials</h2>
<ul>${Object.values(facade.security).map((scheme) => html`<li>${renderScheme(scheme as Scheme)}</li>\n`)}</ul>
<h2>Calls</h2>
<ul class="calls">
${facade.routes.map((route) => html`<li><a href="${`/docs/${facade.name}#${nameOf(route)}`}"><span class="method">${route.method}</span> <span>${route.summary}</span></a></li>\n`)}</ul>
${facade.routes.map((route) => renderRoute(facade, route))}`,
  });
}

/** As much of an OpenAPI security scheme as the façades use. */
interface Scheme {
  readonly type: string;
  readonly scheme?: string;
  readonly name?: string;
  readonly description?: string;
}

function renderScheme({ type, scheme, name, description }: Scheme): Html {
  const header = type === 'apiKey' ? name : `authorization: ${scheme === 'basic' ? 'Basic' : 'Bearer'} …`;
  return html`Header <code>${header}</code>${description !== undefined && html`: ${renderText(description)}`}`;
}

function renderRoute(facade: Facade, route: Route): Html {
  return html`<section class="call" id="${nameOf(route)}">
<h2><span class="method">${route.method}</span> <code>${facade.prefix}${pathOf(route)}</code></h2>
<p class="summary">${route.summary}${route.access === 'public' && '. No credentials needed.'}</p>
${renderRows('In the path', route.params)}
${renderRows('In the query', route.query)}
${renderRows('Body', route.body)}
${renderRows(`Answer ${route.status}`, route.answer)}
${route.answer === undefined && html`<h3>Answer ${route.status}, without a body</h3>`}
</section>
`;
}

function renderRows(title: string, schema: TSchema | undefined): Html | undefined {
  if (schema === undefined) return undefined;
  const rows = flattenSchema(schema);
  const description = (schema as { description?: string }).description;
  return html`<h3>${title}${rows.length === 0 && html`: ${writeType(schema)}`}</h3>
${description !== undefined && html`<p>${renderText(description)}</p>`}
${
  rows.length > 0 &&
  html`<div class="scroll"><table>
<thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead>
<tbody>
${rows.map(renderRow)}</tbody></table></div>`
}`;
}

function renderRow({ path, required, type, limits, description }: PropertyRow): Html {
  return html`<tr><th scope="row"><code>${path}</code>${!required && html` <span class="note">optional</span>`}</th><td class="type">${type}</td><td>${renderText(description)}${limits !== '' && html` <span class="note">${limits}</span>`}</td></tr>
`;
}

function pathOf(route: Route): string {
  return route.path.replaceAll(/:(\w+)/g, '{$1}');
}

/** Names a call on its page: `post-payments-id-refunds`. */
function nameOf(route: Route): string {
  return `${route.method}${route.path}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
