/**
 * The Content-Security-Policy of every page here: our own script, style and pictures, posts to ourselves and onward only to the processors' pages. Browsers apply `form-action` to the redirect that
 * follows a post as well, hence the origins.
 *
 * Throws when an origin is not exactly an http or https origin.
 */
export function contentSecurityPolicy(allowed: { readonly formActionOrigins: readonly string[] }): string {
  const processors = allowed.formActionOrigins.map(checkedOrigin);
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    ["form-action 'self'", ...processors].join(' '),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

function checkedOrigin(origin: string): string {
  const url = URL.parse(origin);
  if (url === null || !/^https?:$/.test(url.protocol) || url.origin !== origin) {
    throw new Error(`not an origin: ${origin}`);
  }
  return origin;
}
