import type { Language } from '#kit/language.ts';
import { assetPath } from './assets.ts';
import { type Hole, type Html, html } from './html.ts';

/** The frame of every page: head, style, icon and script. `head` is for what one page alone needs. */
export function renderDocument(page: {
  readonly language: Language;
  readonly title: string;
  /** A stylesheet besides the common one. */
  readonly stylesheet?: string | undefined;
  readonly head?: Hole;
  readonly body: Html;
}): Html {
  const { language, title, stylesheet, head, body } = page;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<meta name="format-detection" content="telephone=no">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="${assetPath('checkout.css')}">
${stylesheet !== undefined && html`<link rel="stylesheet" href="${stylesheet}">`}
<link rel="icon" type="image/svg+xml" href="${assetPath('icon.svg')}">
<script src="${assetPath('checkout.js')}" defer></script>
${head}
</head>
${body}
</html>
`;
}
