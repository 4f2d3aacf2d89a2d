import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { take } from '#test/support/mutant-sample.ts';

describe('the sample', () => {
  it('takes what is left', () => {
    assert.equal(take(7n, 3n), 10n);
  });

  it('never takes more than the limit', () => {
    assert.equal(take(7n, 4n), undefined);
  });
});
