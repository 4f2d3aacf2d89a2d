/**
 * What every answer tells a browser of itself, unless its route says otherwise: nothing of ours is guessed at, framed,
 * fetched by another site's page, or reached without TLS once it was reached with it. The content policy is beside it, in
 * `server.ts`, because pages have their own. Written down once: a plugin that works them out for each request cost more
 * than reading the request.
 */
export const securityHeaders = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
} as const;
