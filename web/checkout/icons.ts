import { html } from './html.ts';

export const check = html`<svg class="icon" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true"><circle cx="24" cy="24" r="22" fill="currentColor" opacity=".14"/><path d="M15 25l6.5 6.5L34 18" fill="none" stroke="currentColor" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
