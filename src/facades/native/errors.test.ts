import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CoreError, errorCodes, invalid } from '#kit/errors.ts';
import { renderError } from './errors.ts';

test('every error of the catalogue is an RFC 9457 problem that leads to its explanation', () => {
  for (const code of errorCodes) {
    const { status, body, contentType } = renderError(new CoreError(code, 'What went wrong.'));
    const problem = body as Record<string, unknown>;
    assert.equal(contentType, 'application/problem+json; charset=utf-8');
    assert.equal(problem.status, status);
    assert.equal(problem.type, `/docs/errors#${code}`);
    assert.equal(problem.detail, 'What went wrong.');
    assert.ok(typeof problem.title === 'string' && problem.title.length > 0);
    assert.ok(status >= 400 && status < 600);
  }
});

test('a refused input names each property at fault', () => {
  const { status, body } = renderError(invalid('amount', 'out_of_range', 'amount must be > 0'));
  assert.equal(status, 422);
  assert.deepEqual((body as { errors: unknown }).errors, [
    { property: 'amount', problem: 'out_of_range', description: 'amount must be > 0' },
  ]);
});

test('who must authenticate or wait is told how', () => {
  const headers = (code: 'unauthorised' | 'rate_limited' | 'unavailable') =>
    renderError(new CoreError(code, '')).headers;
  assert.deepEqual(headers('unauthorised'), { 'www-authenticate': 'Bearer realm="quittance"' });
  assert.deepEqual(headers('rate_limited'), { 'retry-after': '60' });
  assert.deepEqual(headers('unavailable'), { 'retry-after': '5' });
});
