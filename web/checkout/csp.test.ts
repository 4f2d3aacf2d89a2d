import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentSecurityPolicy } from './csp.ts';

test('the policy allows our own files, pictures, and posts on to the named processors only', () => {
  assert.equal(
    contentSecurityPolicy({
      formActionOrigins: ['https://sec.windcave.com'],
    }),
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
      "connect-src 'self'; form-action 'self' https://sec.windcave.com; frame-ancestors 'none'; base-uri 'none'",
  );
});

test('what is not exactly an origin cannot get into the policy', () => {
  for (const origin of [
    '*',
    'https:',
    "https://a.example; script-src 'unsafe-inline'",
    'https://a.example/path',
    'data:',
  ]) {
    assert.throws(() => contentSecurityPolicy({ formActionOrigins: [origin] }), /not an origin/);
  }
});
